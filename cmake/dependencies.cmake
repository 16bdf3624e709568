# Every package xgrad uses, found once. docs/dependencies.md says why each is there.
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
# xtensor-blas does not look for xtensor itself, and takes the first BLAS it meets unless a vendor is named.
find_package(xtensor REQUIRED)
if(NOT DEFINED BLA_VENDOR)
  set(BLA_VENDOR OpenBLAS)
endif()
find_package(BLAS REQUIRED)
find_package(xtensor-blas REQUIRED)
find_path(XGRAD_RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
