# The runnable models.
find_package(CLI11 REQUIRED)

file(GLOB mnist_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/mnist/*.cpp)
add_executable(mnist ${mnist_sources})
target_link_libraries(mnist PRIVATE xgrad xgrad_architecture xgrad_warnings xgrad_hardening CLI11::CLI11
                                    nlohmann_json::nlohmann_json fmt::fmt)
# The work is done by the library: to optimise the program as well takes longer than it saves.
target_compile_options(mnist PRIVATE $<$<CONFIG:Release>:-O1>)
set_target_properties(mnist PROPERTIES UNITY_BUILD ${XGRAD_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 0)
