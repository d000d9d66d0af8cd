"""The content tree: nodes, their states and addresses, and the walk from a URL to a node."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    """Resolve every address that no route takes by walking the tree."""
    from wielkopolskaes.tree import states, traversal

    states.check()
    config.set_root_factory(traversal.SiteRoot)
    config.add_traverser(traversal.NodeTraverser, traversal.SiteRoot)
