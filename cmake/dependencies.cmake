# Every package the library uses, found once. docs/dependencies.md says why each is there.
find_package(xsimd REQUIRED)
find_package(TBB REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_path(XGRAD_RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)

# xtensor-blas does not look for xtensor itself, and takes the first BLAS it meets unless a vendor is named.
find_package(xtensor REQUIRED)
if(NOT DEFINED BLA_VENDOR)
  set(BLA_VENDOR OpenBLAS)
endif()
find_package(BLAS REQUIRED)
find_package(xtensor-blas REQUIRED)

# Without the C interface of BLAS xtensor-blas falls back, silently, to loops of its own that are many times slower.
include(CheckFunctionExists)
set(CMAKE_REQUIRED_LIBRARIES ${BLAS_LIBRARIES})
check_function_exists(cblas_sgemm XGRAD_HAVE_CBLAS)
unset(CMAKE_REQUIRED_LIBRARIES)
if(NOT XGRAD_HAVE_CBLAS)
  message(FATAL_ERROR "The BLAS that was found (${BLAS_LIBRARIES}) has no cblas_sgemm. Install libopenblas-dev, or name "
                      "another BLAS that has the C interface with -DBLA_VENDOR=...")
endif()
