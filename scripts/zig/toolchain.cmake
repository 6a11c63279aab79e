# How CMake compiles for another system with zig. build.mjs says: ZIG, the program; ZIG_TARGET, what to compile for; and
# CMAKE_SYSTEM_NAME and CMAKE_SYSTEM_PROCESSOR, which belong to it. zig's default CPU is the oldest of the architecture.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ZIG ZIG_TARGET)
set(CMAKE_CXX_COMPILER "${ZIG}" c++ -target ${ZIG_TARGET})

# Nothing of this machine is for that one.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE NEVER)

set(CMAKE_SHARED_LINKER_FLAGS_INIT "-s")
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # Without zig's own runtime. It holds expf, logf and memcpy as well and would put them before the C library's, whose
  # exponential is the one that libxgboost calls: the forest's probabilities must have the same bits.
  string(APPEND CMAKE_SHARED_LINKER_FLAGS_INIT " -rtlib=none")
elseif(CMAKE_SYSTEM_NAME STREQUAL "Darwin")
  # Node-API comes from the process that loads the addon. -x: zig's -s leaves the local symbols, a third of the file.
  string(APPEND CMAKE_SHARED_LINKER_FLAGS_INIT " -undefined dynamic_lookup -Wl,-x")
endif()
