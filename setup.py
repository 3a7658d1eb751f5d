"""What pyproject.toml cannot say: the scenarios and experiments that lie beside the package are installed inside it."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["sim", "sim.*"]), "sim.scenarios", "sim.experiments"],
    package_dir={"sim.scenarios": "scenarios", "sim.experiments": "experiments"},
)
