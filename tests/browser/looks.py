"""How a page can be shown: the widths and the colours that a reader may have."""

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}


def in_contrast(profile, portal):
    """Choose the black and yellow colours as the switch does."""
    choose(profile, portal, "c1t0")


def choose(profile, portal, look):
    profile.add_cookies([{"name": "wyglad", "value": look, "url": portal}])
