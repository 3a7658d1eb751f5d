"""Time Mesa's packaged Schelling example, unchanged, on the city that schelling.c takes.

    python mesa_schelling.py 500 20
    python mesa_schelling.py 500 20 --no-collect

Density 0.8, two equal groups, content at 0.4 alike, radius 1, no torus: the example's own defaults. Prints one line of
JSON; cpu_s is the processor time of the steps, set-up apart. Knows the constructors of Mesa 3.3 (arguments) and 3.5
(a scenario). The example needs networkx, which Mesa lists only among its extras.
"""

import argparse
import inspect
import json
import platform
import resource
import time


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("side", type=int)
    p.add_argument("steps", type=int)
    p.add_argument("--seed", type=int, default=42)
    p.add_argument("--no-collect", action="store_true", help="leave the example's data collector out of the steps")
    a = p.parse_args()

    import mesa
    from mesa.examples.basic.schelling import model as example

    city = {"width": a.side, "height": a.side, "density": 0.8, "minority_pc": 0.5, "homophily": 0.4, "radius": 1}
    start = time.process_time()
    if "scenario" in inspect.signature(example.Schelling).parameters:
        model = example.Schelling(example.SchellingScenario(**city, rng=a.seed))
    else:
        model = example.Schelling(**city, seed=a.seed)
    setup = time.process_time() - start
    agents = len(model.agents)
    if a.no_collect:
        model.datacollector.collect = lambda _model: None

    start = time.process_time()
    for _ in range(a.steps):
        model.step()
    spent = time.process_time() - start
    print(json.dumps({
        "program": f"mesa {mesa.__version__}", "python": platform.python_version(), "model": "schelling",
        "variant": "no collector" if a.no_collect else "packaged", "side": a.side, "agents": agents, "steps": a.steps,
        "seed": a.seed,
        "setup_s": round(setup, 2), "cpu_s": round(spent, 3), "agent_steps_per_s": round(agents * a.steps / spent),
        "ns_per_agent_step": round(spent / agents / a.steps * 1e9), "content_last": round(model.happy / agents, 4),
        "max_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
