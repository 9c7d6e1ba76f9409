from . import lab_beacon
from . import lab_branch
from . import lab_deal
from . import lab_line
from . import lab_tag
from . import lab_vague
