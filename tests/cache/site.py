"""A small application to put behind the page cache."""

from webob import Request, Response

POLICY = "default-src 'none'"


class Site:
    """A small application that says what it is told to say and counts its answers."""

    def __init__(self):
        self.texts = {"/": "Strona główna " * 100, "/wpis": "Wpis " * 100}
        self.answers = 0
        self.mark = True
        self.used = {"tree", "node:1"}
        self.parameters = ("strona",)
        self.until = None
        self.response = {}
        self.while_rendering = None

    def __call__(self, environ, start_response):
        self.answers += 1
        request = Request(environ)
        text = self.texts.get(request.path)
        if self.mark:
            environ["wielkopolskaes.cacheable"] = True
            environ["wielkopolskaes.vary_query"] = self.parameters
            environ["wielkopolskaes.used"] = self.used
            environ["wielkopolskaes.fresh_until"] = self.until
        if self.while_rendering:
            self.while_rendering()
        who = request.cookies.get("login", "nobody")
        look = request.cookies.get("wyglad", "")
        response = Response(
            f"{text} {request.query_string} {who} {look}", status=200 if text else 404
        )
        response.headers["Content-Security-Policy"] = POLICY
        response.headers.update(self.response)
        return response(environ, start_response)


def ask(app, path="/", method="GET", **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request.blank(path, method=method, headers=names).get_response(app)
