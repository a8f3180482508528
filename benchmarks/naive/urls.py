"""One page: the grants."""

from django.urls import path

from .views import grants

urlpatterns = [path("", grants)]
