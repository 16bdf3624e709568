# Every package the library uses, found once. docs/dependencies.md says why each is there.
find_package(xsimd REQUIRED)
find_package(TBB REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

# xtensor-blas does not look for xtensor itself, and takes the first BLAS it meets unless a vendor is named.
find_package(xtensor REQUIRED)
if(NOT DEFINED BLA_VENDOR)
  set(BLA_VENDOR OpenBLAS)
endif()
find_package(BLAS REQUIRED)
find_package(LAPACK REQUIRED)
find_package(xtensor-blas REQUIRED)

# The library behind matrix products of float32; those of float64 always go to BLAS.
set(XGRAD_GEMM auto CACHE STRING "Matrix products: onednn, blas, or auto (oneDNN where it is found)")
set_property(CACHE XGRAD_GEMM PROPERTY STRINGS auto onednn blas)
if(NOT XGRAD_GEMM MATCHES "^(auto|onednn|blas)$")
  message(FATAL_ERROR "XGRAD_GEMM is '${XGRAD_GEMM}'; expected auto, onednn or blas")
endif()
set(XGRAD_USE_ONEDNN OFF)
if(NOT XGRAD_GEMM STREQUAL blas)
  # Not by its own package, which asks for OpenCL's headers on the way.
  find_path(XGRAD_ONEDNN_INCLUDE_DIR dnnl.h)
  find_library(XGRAD_ONEDNN_LIBRARY dnnl)
  mark_as_advanced(XGRAD_ONEDNN_INCLUDE_DIR XGRAD_ONEDNN_LIBRARY)
  if(XGRAD_ONEDNN_INCLUDE_DIR AND XGRAD_ONEDNN_LIBRARY)
    set(XGRAD_USE_ONEDNN ON)
  elseif(XGRAD_GEMM STREQUAL onednn)
    message(FATAL_ERROR "XGRAD_GEMM is onednn, but dnnl.h and its library were not found. Install libdnnl-dev, or configure "
                        "with -DXGRAD_GEMM=blas")
  endif()
endif()

# Its convolutions are called as version 2 wants them; measured with that version.
set(XGRAD_USE_ONEDNN_CONVOLUTION OFF)
if(XGRAD_USE_ONEDNN AND EXISTS ${XGRAD_ONEDNN_INCLUDE_DIR}/oneapi/dnnl/dnnl_version.h)
  file(STRINGS ${XGRAD_ONEDNN_INCLUDE_DIR}/oneapi/dnnl/dnnl_version.h version REGEX "define DNNL_VERSION_MAJOR +2$")
  if(version)
    set(XGRAD_USE_ONEDNN_CONVOLUTION ON)
  endif()
endif()

# Without the C interface of BLAS xtensor-blas falls back, silently, to loops of its own that are many times slower.
include(CheckFunctionExists)
set(CMAKE_REQUIRED_LIBRARIES ${BLAS_LIBRARIES})
check_function_exists(cblas_sgemm XGRAD_HAVE_CBLAS)
unset(CMAKE_REQUIRED_LIBRARIES)
if(NOT XGRAD_HAVE_CBLAS)
  message(FATAL_ERROR "The BLAS that was found (${BLAS_LIBRARIES}) has no cblas_sgemm. Install libopenblas-dev, or name "
                      "another BLAS that has the C interface with -DBLA_VENDOR=...")
endif()
