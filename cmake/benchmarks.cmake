# Benchmarks: whole training steps against a hand-written loop.
file(GLOB benchmark_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/benchmarks/*.cpp)
foreach(source ${benchmark_sources})
  cmake_path(GET source STEM name)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE xgrad xgrad_warnings TBB::tbb BLAS::BLAS fmt::fmt)
endforeach()
