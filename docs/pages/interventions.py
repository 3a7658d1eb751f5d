"""The page of interventions: what was done where, what is known of it, and what it changes in a town."""

from __future__ import annotations

import sim
from pages.markdown import table
from sim.base.language import say
from sim.cli.intervention import HOME, changes, facts, warning
from sim.scenario.laid import PLUS, shipped_interventions

HEAD = f"""# Interventions

Practical examples from Swedish towns (and one from abroad), each a small file in `scenarios/interventions` that is laid
upon a town by a plus:

```text
hemvist compare {HOME} {HOME}{PLUS}frihamnen
hemvist view {HOME}{PLUS}gardsten{PLUS}social_contracts
hemvist show intervention gardsten
```

**Sizes are places to begin, not measured effects**: numbers of homes are as many as there were there, whatever the town
they are laid upon. Where an area had a name, the file says which kind of area it was (`poor`, `central`,
`most_public`), so that any town can try it. Each says what of it the model does *not* have. A file of your own is laid
on in the same way, by its path: `{HOME}{PLUS}ours.yaml`. It is a part of a scenario and may hold whatever a scenario
may, with one section more, `interventions`, that tells what was done and what is known. Several are laid in their
order; events that would change one path in one month are refused.

Some examples cannot be laid on because the model has nothing that they change: the siting of schools, wardens, a local
landlord's presence, homes for students.

"""


def page() -> str:
    """All of them."""
    town = sim.load(HOME)
    parts = [HEAD.rstrip()]
    for name in shipped_interventions():
        laid = sim.load(f"{HOME}{PLUS}{name}")
        one = laid.interventions[-1]
        parts.append(f"## {one.title.say('en')} (`{name}`)")
        if warning(one, "en"):
            parts.append(f"**{warning(one, 'en')}**")
        rows = [(say(f"cli.intervention.{key}", "en"), text) for key, text in facts(one, laid, "en")]
        parts.append(table(("", ""), rows))
        parts.append(f"*På svenska: {one.title.say('sv')}. {one.done.say('sv')} {one.known.say('sv')}*")
        parts.append("```text\n" + "\n".join(changes(town, laid, "en")) + "\n```")
    return "\n\n".join(parts)
