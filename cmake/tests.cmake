# Tests mirror the tree. A script tests/**/NAME_test.sh is a test by itself.
find_package(Boost REQUIRED COMPONENTS unit_test_framework)
find_path(XGRAD_RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)

file(GLOB_RECURSE scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/*_test.sh)
foreach(script ${scripts})
  cmake_path(GET script STEM name)
  string(REGEX REPLACE "_test$" "" name ${name})
  add_test(NAME ${name} COMMAND bash ${script})
endforeach()

# The work of tests is done by the library: to optimise them as well takes longer than it saves.
add_library(test_options INTERFACE)
target_compile_options(test_options INTERFACE $<$<CONFIG:Release>:-O1>)
target_link_libraries(test_options INTERFACE xgrad xgrad_architecture)

# The code of every documentation page, as one program: see tests/docs/extract.awk.
add_library(page OBJECT ${PROJECT_SOURCE_DIR}/tests/docs/page.cpp)
target_include_directories(page PUBLIC ${PROJECT_SOURCE_DIR}/tests/docs)
target_link_libraries(page PUBLIC test_options PRIVATE xgrad_warnings)
# One precompiled header for all tests, made where the fewest macros are defined: the others may only add some.
target_precompile_headers(page PRIVATE ${PROJECT_SOURCE_DIR}/framework/core/xtensor.hpp)

file(GLOB pages RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/README.md
     ${PROJECT_SOURCE_DIR}/docs/*.md)
list(REMOVE_ITEM pages docs/operators.md)  # made from the registry, see below
foreach(page ${pages})
  cmake_path(GET page STEM name)
  set(folder ${PROJECT_BINARY_DIR}/docs/${name})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${page})
  file(STRINGS ${PROJECT_SOURCE_DIR}/${page} files REGEX "^<!-- (file|project): ")
  list(TRANSFORM files REPLACE "^<!-- file: *([^ ]+).*" "${folder}/\\1")
  list(TRANSFORM files REPLACE "^<!-- project: *([^ ]+).*" "${folder}/project/\\1")
  if("${folder}/project/CMakeLists.txt" IN_LIST files)
    list(APPEND projects ${folder}/project)
  endif()

  add_custom_command(
    OUTPUT ${folder}/page.cpp ${files}
    COMMAND awk -v folder=${folder} -f tests/docs/extract.awk ${page}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    DEPENDS ${PROJECT_SOURCE_DIR}/${page} ${PROJECT_SOURCE_DIR}/tests/docs/extract.awk
    COMMENT "Taking the code from ${page}")
  list(FILTER files EXCLUDE REGEX "/project/")
  add_executable(docs_${name} ${folder}/page.cpp ${files})
  target_include_directories(docs_${name} PRIVATE ${folder})
  target_link_libraries(docs_${name} PRIVATE page)
  target_precompile_headers(docs_${name} REUSE_FROM page)
  add_test(NAME docs_${name} COMMAND docs_${name} WORKING_DIRECTORY ${folder})
endforeach()

# What tests need of operators, tests/ops/NAME.cpp for ops/NAME.cpp: for the programs that go through the registry.
file(GLOB operator_sources RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/ops/*.cpp)
list(TRANSFORM operator_sources PREPEND ${PROJECT_SOURCE_DIR}/tests/)
file(GLOB sample_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/ops/*.cpp)
set(other_sources ${sample_sources})
list(REMOVE_ITEM other_sources ${operator_sources})
list(REMOVE_ITEM sample_sources ${other_sources})
add_library(operator_samples OBJECT ${sample_sources})
target_link_libraries(operator_samples PUBLIC test_options fmt::fmt PRIVATE xgrad_warnings)
target_precompile_headers(operator_samples REUSE_FROM page)
set_target_properties(operator_samples PROPERTIES UNITY_BUILD ${XGRAD_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 20)

# docs/operators.md says what the registry says.
set(operators_page ${PROJECT_SOURCE_DIR}/docs/operators.md)
add_executable(operators_page ${PROJECT_SOURCE_DIR}/tests/docs/operators_page.cpp)
target_link_libraries(operators_page PRIVATE operator_samples xgrad_warnings)
target_precompile_headers(operators_page REUSE_FROM page)
target_compile_definitions(
  operators_page PRIVATE XGRAD_WRITE_COMMAND="cmake --build ${PROJECT_BINARY_DIR} --target write_operators_page")
add_custom_target(write_operators_page COMMAND operators_page ${operators_page} --write)
add_test(NAME docs_operators COMMAND operators_page ${operators_page})

# One Boost.Test program for each floor.
add_library(test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/main.cpp)
target_link_libraries(test_main PUBLIC test_options xgrad_warnings Boost::unit_test_framework TBB::tbb fmt::fmt ZLIB::ZLIB
                                       nlohmann_json::nlohmann_json)
target_include_directories(test_main SYSTEM PUBLIC ${XGRAD_RANDOM123_INCLUDE_DIR})
target_compile_definitions(test_main PUBLIC BOOST_TEST_DYN_LINK XGRAD_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
if(XGRAD_SANITIZE)
  # Sanitizers stand in front of the C library's allocator, and take memory of their own.
  target_compile_definitions(test_main PUBLIC XGRAD_SANITIZED)
endif()

# Programs by themselves: what they do ends their process, or stands in front of functions of the C library, as sanitizers
# do themselves.
if(NOT XGRAD_SANITIZE)
  file(GLOB process_tests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/processes/*_test.cpp)
  foreach(source ${process_tests})
    cmake_path(GET source STEM name)
    string(REGEX REPLACE "_test$" "" name ${name})
    add_executable(${name}_process ${source})
    target_link_libraries(${name}_process PRIVATE operator_samples xgrad_warnings ${CMAKE_DL_LIBS})
    target_precompile_headers(${name}_process REUSE_FROM page)
    add_test(NAME ${name} COMMAND ${name}_process)
  endforeach()
endif()

# What tests a program is a part of the tests where the program is built. Of a build that looks for data races the tests are
# those that start threads or say how many there are.
foreach(floor framework ops models)
  file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${floor}/*.cpp)
  list(FILTER test_sources EXCLUDE REGEX "/program_test\\.cpp$")
  list(REMOVE_ITEM test_sources ${sample_sources})
  if(XGRAD_SANITIZE STREQUAL thread)
    foreach(source ${test_sources})
      file(STRINGS ${source} threads REGEX "std::thread|set_threads")
      if(NOT threads)
        list(REMOVE_ITEM test_sources ${source})
      endif()
    endforeach()
  endif()
  if(test_sources)
    add_executable(${floor}_tests ${test_sources})
    target_link_libraries(${floor}_tests PRIVATE test_main)
    target_precompile_headers(${floor}_tests REUSE_FROM page)
    if(floor STREQUAL ops)
      target_link_libraries(ops_tests PRIVATE operator_samples)
    endif()
    add_test(NAME ${floor} COMMAND ${floor}_tests)
  endif()
endforeach()
if(TARGET mnist)
  target_sources(models_tests PRIVATE ${PROJECT_SOURCE_DIR}/tests/models/mnist/program_test.cpp)
  target_compile_definitions(models_tests PRIVATE XGRAD_MNIST_PROGRAM="$<TARGET_FILE:mnist>")
  add_dependencies(models_tests mnist)
endif()

# The digests of all that operators and models compute. The program needs nothing but the library, so that it is easily
# built for another processor; the tests beside it hold that the digests depend on neither threads nor batches.
file(GLOB bits_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bits/*.cpp)
set(bits_test_sources ${bits_sources})
list(FILTER bits_test_sources INCLUDE REGEX "_test\\.cpp$")
list(REMOVE_ITEM bits_sources ${bits_test_sources} ${PROJECT_SOURCE_DIR}/tests/bits/main.cpp)
add_library(bits_results OBJECT ${bits_sources})
target_link_libraries(bits_results PUBLIC test_options PRIVATE xgrad_warnings)
target_precompile_headers(bits_results REUSE_FROM page)

set(digests ${PROJECT_SOURCE_DIR}/tests/bits/digests.txt)
add_executable(bits ${PROJECT_SOURCE_DIR}/tests/bits/main.cpp)
target_link_libraries(bits PRIVATE bits_results operator_samples xgrad_warnings)
target_precompile_headers(bits REUSE_FROM page)
target_compile_definitions(
  bits PRIVATE XGRAD_WRITE_DIGESTS="cmake --build ${PROJECT_BINARY_DIR} --target write_digests")
add_custom_target(write_digests COMMAND bits ${digests} --write)
add_executable(bits_tests ${bits_test_sources})
target_link_libraries(bits_tests PRIVATE bits_results operator_samples test_main)
target_precompile_headers(bits_tests REUSE_FROM page)
# Other libraries choose their kernels by processor and size. Under a sanitizer the second test takes minutes.
if(XGRAD_GEMM STREQUAL ordered AND XGRAD_CONVOLUTION STREQUAL ordered)
  add_test(NAME bits COMMAND bits ${digests})
  if(NOT XGRAD_SANITIZE)
    add_test(NAME bit_invariance COMMAND bits_tests)
  endif()
endif()

# A program that sets xtensor's default layout, which a precompiled header would have been made without.
add_executable(column_major ${PROJECT_SOURCE_DIR}/tests/column_major/main.cpp)
target_link_libraries(column_major PRIVATE test_options xgrad_warnings)
target_compile_definitions(column_major PRIVATE XTENSOR_DEFAULT_LAYOUT=xt::layout_type::column_major)
add_test(NAME column_major COMMAND column_major)

# What the compiler says of mistakes.
add_test(NAME compile_errors
         COMMAND bash ${PROJECT_SOURCE_DIR}/tests/compile_errors/check_mistakes.sh
                 ${PROJECT_SOURCE_DIR}/tests/compile_errors/mistakes.cpp ${CMAKE_CXX_COMPILER} -std=gnu++20
                 -DXTENSOR_USE_XSIMD -I${XGRAD_INCLUDE_DIR})

# Projects outside the tree, built against an installed xgrad.
add_test(NAME project COMMAND bash ${PROJECT_SOURCE_DIR}/tests/project/build_outside.sh ${PROJECT_BINARY_DIR}
                              ${PROJECT_SOURCE_DIR}/tests/project ${projects})
# The other ways to xgrad: components and pkg-config, a static library, and a project that adds it to itself.
if(BUILD_SHARED_LIBS)
  add_test(NAME components COMMAND bash ${PROJECT_SOURCE_DIR}/tests/project/check_components.sh ${PROJECT_BINARY_DIR})
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/objects.txt CONTENT "$<JOIN:$<TARGET_OBJECTS:xgrad>,\n>\n")
  add_test(NAME static COMMAND bash ${PROJECT_SOURCE_DIR}/tests/project/check_static.sh ${PROJECT_BINARY_DIR}
                               ${PROJECT_BINARY_DIR}/objects.txt $<TARGET_FILE:xgrad>)
  add_test(NAME fetched COMMAND bash ${PROJECT_SOURCE_DIR}/tests/project/check_fetched.sh ${PROJECT_BINARY_DIR}
                                $<TARGET_FILE:xgrad>)
endif()

if(BUILD_SHARED_LIBS)
  add_test(NAME border COMMAND bash ${PROJECT_SOURCE_DIR}/tests/toolchain/check_border.sh $<TARGET_FILE:xgrad>)
endif()

# Only optimised code has vectors that the compiler chose, and calls of the C library whose sizes it knows.
if(CMAKE_BUILD_TYPE STREQUAL Release AND NOT XGRAD_SANITIZE)
  add_test(NAME stack_alignment COMMAND bash ${PROJECT_SOURCE_DIR}/tests/toolchain/check_stack_alignment.sh
                                        $<TARGET_FILE:xgrad>)
  if(XGRAD_HARDENING AND BUILD_SHARED_LIBS)
    add_test(NAME hardening COMMAND bash ${PROJECT_SOURCE_DIR}/tests/toolchain/check_hardening.sh $<TARGET_FILE:xgrad>
                                    ${PROJECT_SOURCE_DIR})
  endif()
endif()
