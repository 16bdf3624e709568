# What a user of the installed xgrad::xgrad needs: the packages its public headers include. Those that only the library's
# own code uses come with the shared library.
include(CMakeFindDependencyMacro)
find_dependency(xsimd)
find_dependency(xtensor)
include(${CMAKE_CURRENT_LIST_DIR}/xgradTargets.cmake)
