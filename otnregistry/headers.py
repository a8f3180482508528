"""The security headers that Django does not write itself."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

EXTRA_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class ExtraHeadersMiddleware:
    """Adds each header unless the view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in EXTRA_HEADERS.items():
            response.headers.setdefault(name, value)
        return response
