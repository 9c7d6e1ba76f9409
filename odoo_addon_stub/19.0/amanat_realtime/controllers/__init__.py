from . import dataset, token
