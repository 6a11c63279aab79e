"""Lets treelite and tl2cgen write a model as C, for gcc to compile.

Usage: tl2cgen_code.py MODEL.json FOLDER UNITS
"""

import sys

import tl2cgen
import treelite

source, folder, units = sys.argv[1:]
model = treelite.frontend.load_xgboost_model(source)
tl2cgen.generate_c_code(model, folder, {"parallel_comp": int(units)})
