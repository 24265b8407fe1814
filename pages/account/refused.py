"""What stands in the place of a page that the role does not open, and of one that there is not."""

from lk3.ui.guard import guarded
from lk3.ui.speech import speak
from lk3.ui.views import refused

speak()
with guarded():
    refused.say_why()
