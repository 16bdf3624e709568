# What is assumed when nobody says otherwise. Without a build type code is not optimised, which makes training some hundred
# times slower: so the targets of this folder are, also in another project that adds it.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release)
endif()

# Another project that adds xgrad chooses its own tools.
if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

find_program(XGRAD_CCACHE ccache)
mark_as_advanced(XGRAD_CCACHE)
if(XGRAD_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these words ccache passes over every unit that uses a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${XGRAD_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fpch-preprocess)
  elseif(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
    # A header that comes from the cache was made before the files it was made from were last written.
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()
