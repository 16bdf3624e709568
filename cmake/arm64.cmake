# Toolchain: builds for arm64 with Debian's cross compiler, against the packages that tests/bits/arm64.sh unpacks into
# XGRAD_SYSROOT, and runs programs under qemu.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)

set(XGRAD_SYSROOT "" CACHE PATH "Folder with the libraries of the processor that is built for")
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES XGRAD_SYSROOT)
set(CMAKE_FIND_ROOT_PATH ${XGRAD_SYSROOT})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

# Where an installed system's alternatives would point.
set(openblas ${XGRAD_SYSROOT}/usr/lib/aarch64-linux-gnu/openblas-pthread)
set(CMAKE_LIBRARY_PATH /usr/lib/aarch64-linux-gnu/openblas-pthread)
set(libraries ${XGRAD_SYSROOT}/usr/lib/aarch64-linux-gnu:${XGRAD_SYSROOT}/lib/aarch64-linux-gnu:${openblas})
# Where Debian keeps the headers that differ between processors.
set(CMAKE_CXX_FLAGS_INIT "-isystem ${XGRAD_SYSROOT}/usr/include/aarch64-linux-gnu")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-Wl,-rpath-link,${libraries}")
set(CMAKE_SHARED_LINKER_FLAGS_INIT "-Wl,-rpath-link,${libraries}")
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64 -L ${XGRAD_SYSROOT} -E LD_LIBRARY_PATH=${openblas})
