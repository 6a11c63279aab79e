"""lifelines' concordance index, without the rest of the package, which would load pandas and matplotlib."""

import importlib.util
import sys
import types


def bare(name):
    """A package without what its __init__ loads; its modules are found in it all the same."""
    spec = importlib.util.find_spec(name)
    package = types.ModuleType(name)
    package.__path__ = spec.submodule_search_locations
    sys.modules[name] = package


bare("lifelines")
bare("lifelines.utils")
from lifelines.utils.concordance import concordance_index  # noqa: E402

__all__ = ["concordance_index"]
