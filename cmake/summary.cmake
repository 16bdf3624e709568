# What was chosen, at the end of the configuration.
if(XGRAD_ARCH)
  set(machine "-march=${XGRAD_ARCH}")
elseif(XGRAD_NATIVE)
  set(machine "this one (-march=native)")
else()
  set(machine "any of its kind")
endif()
if(BUILD_SHARED_LIBS)
  set(kind shared)
else()
  set(kind static)
endif()
set(lapack ${LAPACK_LIBRARIES})
list(REMOVE_DUPLICATES lapack)
set(summary
    "xgrad ${PROJECT_VERSION}"
    "  build type    ${CMAKE_BUILD_TYPE}${CMAKE_CONFIGURATION_TYPES}"
    "  compiler      ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
    "  library       ${kind}, for machines like ${machine}"
    "  products      ${XGRAD_GEMM}, convolutions ${XGRAD_CONVOLUTION}, LAPACK in ${lapack}"
    "  hardening     ${XGRAD_HARDENING}"
    "  sanitizers    ${XGRAD_SANITIZE}"
    "  programs      ${XGRAD_BUILD_MODELS}, tests ${XGRAD_BUILD_TESTS}, benchmarks ${XGRAD_BUILD_BENCHMARKS}"
    "  install to    ${CMAKE_INSTALL_PREFIX}")
list(JOIN summary "\n" summary)
message(STATUS "${summary}")
