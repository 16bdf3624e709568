# The library itself: target xgrad::xgrad.

# Users and tests write <xgrad/...>, in-tree as when installed: a folder of links gives the tree that name and puts nothing
# else on anyone's include path.
set(XGRAD_INCLUDE_DIR ${PROJECT_BINARY_DIR}/include)
file(MAKE_DIRECTORY ${XGRAD_INCLUDE_DIR}/xgrad)
foreach(entry framework ops models models/xgrad.hpp)
  cmake_path(GET entry FILENAME name)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${entry} ${XGRAD_INCLUDE_DIR}/xgrad/${name} SYMBOLIC)
endforeach()

file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/framework/*.cpp ${PROJECT_SOURCE_DIR}/ops/*.cpp
     ${PROJECT_SOURCE_DIR}/models/*.cpp)
list(FILTER sources EXCLUDE REGEX "^${PROJECT_SOURCE_DIR}/models/mnist/")
if(NOT XGRAD_GEMM STREQUAL onednn)
  list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/framework/backends/gemm_onednn.cpp)
endif()
if(NOT XGRAD_CONVOLUTION STREQUAL onednn)
  list(REMOVE_ITEM sources ${PROJECT_SOURCE_DIR}/framework/backends/convolution_onednn.cpp)
endif()

add_library(xgrad ${sources})
add_library(xgrad::xgrad ALIAS xgrad)
if(NOT BUILD_SHARED_LIBS)
  # Operators register themselves when a program starts: all of the archive has to be there.
  target_link_options(xgrad INTERFACE LINKER:--whole-archive $<TARGET_FILE:xgrad::xgrad> LINKER:--no-whole-archive)
endif()
# Before 1.0 a new minor version may break what was compiled against the last.
set_target_properties(xgrad PROPERTIES VERSION ${PROJECT_VERSION}
                                       SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
target_compile_features(xgrad PUBLIC cxx_std_20)
target_include_directories(xgrad PUBLIC $<BUILD_INTERFACE:${XGRAD_INCLUDE_DIR}>)
target_link_libraries(xgrad PUBLIC xtensor xsimd
                            PRIVATE BLAS::BLAS LAPACK::LAPACK TBB::tbb fmt::fmt ZLIB::ZLIB OpenSSL::Crypto
                                    $<BUILD_INTERFACE:xtensor-blas> $<BUILD_INTERFACE:nlohmann_json::nlohmann_json>)
target_precompile_headers(xgrad PRIVATE framework/core/elementwise.hpp <fmt/format.h>)
set_source_files_properties(framework/backends/gemm_blas.cpp PROPERTIES COMPILE_DEFINITIONS HAVE_CBLAS=1)
# Optimised in every build: without, the matrix products of a debug or sanitized build take a hundred times as long.
set_source_files_properties(
  framework/backends/ordered_gemm.cpp framework/backends/pack_panels.cpp framework/backends/window_gradient.cpp
  framework/backends/window_product.cpp PROPERTIES COMPILE_OPTIONS -O3 SKIP_PRECOMPILE_HEADERS ON)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  # Whatever the rest is compiled for.
  set_source_files_properties(framework/core/processor_check.cpp PROPERTIES COMPILE_OPTIONS -march=x86-64
                                                                            SKIP_PRECOMPILE_HEADERS ON)
endif()
if(XGRAD_UNITY_BUILD)
  # Most of a file's compilation is what it shares with others: headers and templates. Which files are compiled together follows
  # from their names alone, so that a new one leaves the units of others as they are; those with flags of their own stay alone.
  set_target_properties(xgrad PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  set(units_of_framework 4)
  set(units_of_ops 12)
  set(units_of_models 3)
  foreach(source ${sources})
    file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR} ${source})
    string(REGEX MATCH "^[^/]+" floor ${name})
    string(MD5 digits ${name})
    string(SUBSTRING ${digits} 0 4 digits)
    math(EXPR unit "0x${digits} % ${units_of_${floor}}")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${floor}_${unit})
  endforeach()
endif()
string(TOUPPER XGRAD_GEMM_${XGRAD_GEMM} gemm_definition)
set_source_files_properties(framework/backends/gemm.cpp PROPERTIES COMPILE_DEFINITIONS ${gemm_definition}=1)
if(XGRAD_CONVOLUTION STREQUAL onednn)
  set_source_files_properties(framework/backends/convolution_backend.cpp PROPERTIES COMPILE_DEFINITIONS
                                                                                    XGRAD_USE_ONEDNN_CONVOLUTION=1)
endif()
if(XGRAD_GEMM STREQUAL onednn OR XGRAD_CONVOLUTION STREQUAL onednn)
  target_include_directories(xgrad SYSTEM PRIVATE ${XGRAD_ONEDNN_INCLUDE_DIR})
  target_link_libraries(xgrad PRIVATE ${XGRAD_ONEDNN_LIBRARY})
endif()

# xtensor containers look different under other architecture flags and without xsimd: none crosses the border of the shared
# library, so that programs choose their own. A static one shares its inline functions with the program, and asks for the same
# flags; the programs and tests of this folder take them anyway. A native build is for machines like this one; XGRAD_ARCH
# makes one for a level of the architecture, XGRAD_NATIVE=OFF one that runs everywhere.
set(architecture_scope PUBLIC)
if(BUILD_SHARED_LIBS)
  set(architecture_scope PRIVATE)
endif()
add_library(xgrad_architecture INTERFACE)
target_compile_definitions(xgrad ${architecture_scope} XTENSOR_USE_XSIMD)
target_compile_definitions(xgrad_architecture INTERFACE XTENSOR_USE_XSIMD)
set(architecture "")
if(XGRAD_ARCH)
  set(architecture -march=${XGRAD_ARCH})
elseif(XGRAD_NATIVE)
  set(architecture -march=native)
endif()
target_compile_options(xgrad ${architecture_scope} ${architecture})
target_compile_options(xgrad_architecture INTERFACE ${architecture})
# A multiplication and an addition are fused where the code says fma and nowhere else: what the compiler chooses to fuse
# differs between processors, and so would the last bits.
target_compile_options(xgrad PUBLIC -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12
   AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12.3 AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  # GCC 12.0 to 12.2 stores some constants of 32 bytes wrongly, {1, 1, 0, 0} as {1, 1, 1, 1}, when it may do so in one piece:
  # https://gcc.gnu.org/PR108599
  # A program may be compiled by another compiler, which does not know the options.
  set(version $<CXX_COMPILER_VERSION>)
  set(is_affected $<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:${version},12>,$<VERSION_LESS:${version},12.3>)
  target_compile_options(xgrad PUBLIC $<$<AND:${is_affected}>:-mmove-max=128> $<$<AND:${is_affected}>:-mstore-max=128>)
endif()
# What is inline stays each library's own: a program built with other flags has other versions of it. The shared library
# shows the names of xgrad alone, not what it has instantiated of others' templates.
set_target_properties(xgrad PROPERTIES VISIBILITY_INLINES_HIDDEN ON)
if(BUILD_SHARED_LIBS)
  target_link_options(xgrad PRIVATE LINKER:--version-script=${PROJECT_SOURCE_DIR}/cmake/exported_names.map)
  set_target_properties(xgrad PROPERTIES LINK_DEPENDS ${PROJECT_SOURCE_DIR}/cmake/exported_names.map)
endif()
target_compile_options(xgrad PRIVATE -ffile-prefix-map=${PROJECT_SOURCE_DIR}/= -ffile-prefix-map=${XGRAD_INCLUDE_DIR}/=)

# Costs less than can be measured: docs/safety.md. Sanitizers check more, and get along with none of it.
add_library(xgrad_hardening INTERFACE)
if(XGRAD_HARDENING AND NOT XGRAD_SANITIZE)
  target_compile_options(xgrad_hardening INTERFACE -fstack-protector-strong)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(xgrad_hardening INTERFACE -fcf-protection)
    # Said to the linker, because Debian's startup files do not say it themselves.
    target_link_options(xgrad_hardening INTERFACE LINKER:-z,shstk)
  endif()
  # Some systems' compilers define it themselves.
  target_compile_options(xgrad_hardening
                         INTERFACE "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=2>")
  target_link_options(xgrad_hardening INTERFACE LINKER:-z,relro,-z,now)
endif()
target_link_libraries(xgrad PRIVATE $<BUILD_INTERFACE:xgrad_hardening>)

if(XGRAD_SANITIZE STREQUAL thread)
  # TBB's library is not built for it: what TBB hands from thread to thread would look like races.
  set_source_files_properties(framework/runtime/enqueue.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=thread
                                                                       SKIP_PRECOMPILE_HEADERS ON)
endif()
if(XGRAD_SANITIZE)
  target_compile_options(xgrad PUBLIC -fsanitize=${XGRAD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(xgrad PUBLIC -fsanitize=${XGRAD_SANITIZE})
endif()

# The warnings every unit of the project is built with; never forced on users.
add_library(xgrad_warnings INTERFACE)
target_compile_options(xgrad_warnings INTERFACE -Wall -Wextra -Wpedantic)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns of its own std::string and AVX-512 intrinsics: https://gcc.gnu.org/PR105329, https://gcc.gnu.org/PR105593
  target_compile_options(xgrad_warnings INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-uninitialized
                                                  -Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 17)
  # It warns of what std::stable_sort of libstdc++ 12 calls.
  target_compile_options(xgrad_warnings INTERFACE -Wno-deprecated-declarations)
endif()
if(XGRAD_WARNINGS_AS_ERRORS)
  target_compile_options(xgrad_warnings INTERFACE -Werror)
endif()
target_link_libraries(xgrad PRIVATE $<BUILD_INTERFACE:xgrad_warnings>)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(xgrad PRIVATE -Wno-stringop-overread)  # another one of these, in large units
endif()
