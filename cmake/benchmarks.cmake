# Benchmarks: whole_steps compares xgrad with a loop by hand, bare matrix products and libtorch; kernels measures single
# kernels. The test only shows that they still run.
find_package(CLI11 REQUIRED)
find_package(benchmark REQUIRED)

file(GLOB benchmark_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/benchmarks/*.cpp)
list(FILTER benchmark_sources EXCLUDE REGEX "/(kernels|torch_[a-z_]+)\\.cpp$")
add_executable(whole_steps ${benchmark_sources})
target_link_libraries(whole_steps PRIVATE xgrad xgrad_architecture xgrad_warnings TBB::tbb fmt::fmt CLI11::CLI11
                                          nlohmann_json::nlohmann_json)
# The loops to beat get every freedom a compiler has.
set_source_files_properties(tests/benchmarks/hand_written_mlp.cpp tests/benchmarks/hand_written_elementwise.cpp
                            PROPERTIES COMPILE_OPTIONS "-O3;-ffast-math;-ffp-contract=fast")

# The loops to beat stand on the best library of matrix products.
find_path(XGRAD_CBLAS_INCLUDE_DIR cblas.h PATH_SUFFIXES openblas REQUIRED)
find_path(XGRAD_ONEDNN_INCLUDE_DIR dnnl.h)
find_library(XGRAD_ONEDNN_LIBRARY dnnl)
find_package(OpenMP COMPONENTS CXX)
target_include_directories(whole_steps SYSTEM PRIVATE ${XGRAD_CBLAS_INCLUDE_DIR})
target_link_libraries(whole_steps PRIVATE BLAS::BLAS)
if(XGRAD_ONEDNN_INCLUDE_DIR AND XGRAD_ONEDNN_LIBRARY AND OpenMP_CXX_FOUND)
  set_source_files_properties(tests/benchmarks/sgemm.cpp PROPERTIES COMPILE_DEFINITIONS XGRAD_BENCHMARK_ONEDNN)
  target_include_directories(whole_steps SYSTEM PRIVATE ${XGRAD_ONEDNN_INCLUDE_DIR})
  target_link_libraries(whole_steps PRIVATE ${XGRAD_ONEDNN_LIBRARY} OpenMP::OpenMP_CXX)
endif()

# libtorch takes part where it is found. Its own package file wants all of CUDA's and Caffe2's, so only what is used here
# is looked for. Clang does not compile the headers of libtorch 1.13 as C++20.
find_path(XGRAD_TORCH_INCLUDE_DIR torch/csrc/api/include/torch/torch.h)
find_library(XGRAD_TORCH_LIBRARY torch)
find_library(XGRAD_TORCH_CPU_LIBRARY torch_cpu)
find_library(XGRAD_C10_LIBRARY c10)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND XGRAD_TORCH_INCLUDE_DIR AND XGRAD_TORCH_LIBRARY AND XGRAD_TORCH_CPU_LIBRARY
   AND XGRAD_C10_LIBRARY)
  file(GLOB torch_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/benchmarks/torch_*.cpp)
  target_sources(whole_steps PRIVATE ${torch_sources})
  target_compile_definitions(whole_steps PRIVATE XGRAD_BENCHMARK_TORCH)
  target_include_directories(whole_steps SYSTEM PRIVATE ${XGRAD_TORCH_INCLUDE_DIR}
                                                        ${XGRAD_TORCH_INCLUDE_DIR}/torch/csrc/api/include)
  target_link_libraries(whole_steps PRIVATE ${XGRAD_TORCH_LIBRARY} ${XGRAD_TORCH_CPU_LIBRARY} ${XGRAD_C10_LIBRARY})
endif()

add_executable(kernels tests/benchmarks/kernels.cpp)
target_link_libraries(kernels PRIVATE xgrad xgrad_architecture xgrad_warnings benchmark::benchmark)

if(XGRAD_BUILD_TESTS)
  add_test(NAME benchmarks COMMAND whole_steps --quick --json ${PROJECT_BINARY_DIR}/benchmarks.json)
  add_test(NAME benchmark_kernels COMMAND kernels --benchmark_min_time=0.001)
endif()
