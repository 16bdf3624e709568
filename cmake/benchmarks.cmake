# Benchmarks: whole training steps beside a loop written by hand. Not part of the tests.
add_executable(training_step tests/benchmarks/training_step.cpp tests/benchmarks/hand_written_mlp.cpp)
target_link_libraries(training_step PRIVATE xgrad xgrad_warnings TBB::tbb BLAS::BLAS fmt::fmt)
# The loop to beat gets every freedom a compiler has.
set_source_files_properties(tests/benchmarks/hand_written_mlp.cpp PROPERTIES COMPILE_OPTIONS "-O3;-ffast-math")
