"""Masuk: what a guest sees, and why somebody who has signed in sees nothing."""

from lk3.ui.guard import guarded
from lk3.ui.speech import speak
from lk3.ui.views import sign_in

speak()
with guarded():
    sign_in.welcome()
