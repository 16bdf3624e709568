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
foreach(library ${BLAS_LIBRARIES})
  file(REAL_PATH ${library} library)
  if(library MATCHES "openblas-serial")
    message(WARNING "${library} is built without locks: threads that call it at once get wrong numbers. Install "
                    "libopenblas0-pthread, or choose it with update-alternatives")
  endif()
endforeach()
find_package(xtensor-blas REQUIRED)

# Matrix products and convolutions are xgrad's own, because no library gives each element as a sum in one order. Others can
# be compared with them.
set(XGRAD_GEMM ordered CACHE STRING "Matrix products: ordered (our own), blas, or onednn (float32 only)")
set(XGRAD_CONVOLUTION ordered CACHE STRING "Convolutions of float32: ordered (our own) or onednn")
set_property(CACHE XGRAD_GEMM PROPERTY STRINGS ordered blas onednn)
set_property(CACHE XGRAD_CONVOLUTION PROPERTY STRINGS ordered onednn)
if(NOT XGRAD_GEMM MATCHES "^(ordered|blas|onednn)$")
  message(FATAL_ERROR "XGRAD_GEMM is '${XGRAD_GEMM}'; expected ordered, blas or onednn")
endif()
if(NOT XGRAD_CONVOLUTION MATCHES "^(ordered|onednn)$")
  message(FATAL_ERROR "XGRAD_CONVOLUTION is '${XGRAD_CONVOLUTION}'; expected ordered or onednn")
endif()
if(XGRAD_GEMM STREQUAL onednn OR XGRAD_CONVOLUTION STREQUAL onednn)
  # Not by its own package, which asks for OpenCL's headers on the way.
  find_path(XGRAD_ONEDNN_INCLUDE_DIR dnnl.h)
  find_library(XGRAD_ONEDNN_LIBRARY dnnl)
  mark_as_advanced(XGRAD_ONEDNN_INCLUDE_DIR XGRAD_ONEDNN_LIBRARY)
  if(NOT XGRAD_ONEDNN_INCLUDE_DIR OR NOT XGRAD_ONEDNN_LIBRARY)
    message(FATAL_ERROR "oneDNN was asked for, but dnnl.h and its library were not found. Install libdnnl-dev, or configure "
                        "with -DXGRAD_GEMM=ordered -DXGRAD_CONVOLUTION=ordered")
  endif()
endif()
if(XGRAD_CONVOLUTION STREQUAL onednn)
  # They are called as version 2 wants them.
  set(version_header ${XGRAD_ONEDNN_INCLUDE_DIR}/oneapi/dnnl/dnnl_version.h)
  if(EXISTS ${version_header})
    file(STRINGS ${version_header} version REGEX "define DNNL_VERSION_MAJOR +2$")
  endif()
  if(NOT version)
    message(FATAL_ERROR "XGRAD_CONVOLUTION is onednn, which needs oneDNN 2; configure with -DXGRAD_CONVOLUTION=ordered")
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
