# The forest's own compiler flags: one set of sources, compiled once per instruction set. Which one runs is decided at run
# time, so a file compiled for more than the baseline must share no inline function with the others: see kernels/vectors.h.

set(FOREST_KERNELS "${CMAKE_CURRENT_LIST_DIR}/kernels")

# Takes the name of a list of sources: sets flags, and removes what this architecture does not compile.
function(forest_kernels LIST)
  set(ALL ${${LIST}})
  set(FOREST ${ALL})
  list(FILTER FOREST INCLUDE REGEX "/native/forest/")
  if(MSVC)
    set(AVX2 /arch:AVX2)
    set(AVX512 /arch:AVX512)
  else()
    # -O3 here only: unrolling is what these loops live from.
    set_property(SOURCE ${FOREST} APPEND PROPERTY COMPILE_OPTIONS -O3)
    set(AVX2 -mavx2 -mbmi -mbmi2 -mpopcnt)
    set(AVX512 ${AVX2} -mavx512f -mavx512bw -mavx512dq -mavx512vl -mavx512vbmi)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC warns of its own headers.
    list(APPEND AVX512 -Wno-uninitialized -Wno-maybe-uninitialized)
  endif()
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
    set_property(SOURCE "${FOREST_KERNELS}/avx2.cc" APPEND PROPERTY COMPILE_OPTIONS ${AVX2})
    set_property(SOURCE "${FOREST_KERNELS}/avx512.cc" APPEND PROPERTY COMPILE_OPTIONS ${AVX512})
    set_property(SOURCE ${FOREST} APPEND PROPERTY COMPILE_DEFINITIONS FOREST_X86_KERNELS)
  else()
    list(FILTER ALL EXCLUDE REGEX "/kernels/avx")
  endif()
  set(${LIST} ${ALL} PARENT_SCOPE)
endfunction()
