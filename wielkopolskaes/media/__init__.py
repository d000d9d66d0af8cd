"""Files: taken in safely, stored by their content, pictures in every size, served for ever."""

from pyramid.config import Configurator

_DIGEST = "{sha:[0-9a-f]{64}}"


def includeme(config: Configurator) -> None:
    """Open the store and set the addresses of files."""
    from wielkopolskaes.media.pictures import document_url, picture_html
    from wielkopolskaes.media.store import open_store

    portal = config.registry.portal
    config.registry.files = open_store(portal.files_url, portal.var)
    config.add_request_method(lambda request: request.registry.files, "files", property=True)
    config.add_route("picture", f"/obrazy/{_DIGEST}/{{name}}")
    config.add_route("document", f"/pliki/{_DIGEST}/{{filename}}")
    config.include("pyramid_jinja2")
    config.action(
        "media in templates",
        lambda: config.get_jinja2_environment().globals.update(
            picture_html=picture_html, document_url=document_url
        ),
        order=9999,
    )
    config.scan("wielkopolskaes.media.views")
