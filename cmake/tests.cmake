# Tests mirror the tree: one Boost.Test program for each floor.
find_package(Boost REQUIRED COMPONENTS unit_test_framework)

foreach(floor framework ops models)
  file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${floor}/*.cpp)
  if(test_sources)
    add_executable(${floor}_tests ${test_sources} ${PROJECT_SOURCE_DIR}/tests/main.cpp)
    target_link_libraries(${floor}_tests PRIVATE xgrad xgrad_warnings Boost::unit_test_framework TBB::tbb fmt::fmt ZLIB::ZLIB)
    target_compile_definitions(${floor}_tests PRIVATE BOOST_TEST_DYN_LINK XGRAD_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_precompile_headers(${floor}_tests PRIVATE framework/core/xtensor.hpp)
    add_test(NAME ${floor} COMMAND ${floor}_tests)
  endif()
endforeach()
