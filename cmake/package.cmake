# Installing: headers, the library, and packages that find_package(xgrad) and pkg-config find. Two components, so that a
# system can have the library without what is needed to build with it: cmake --install . --component runtime|development.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/xgrad)

install(
  TARGETS xgrad
  EXPORT xgradTargets
  RUNTIME COMPONENT runtime
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT development
  ARCHIVE COMPONENT development
  INCLUDES
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(
  DIRECTORY framework ops models
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/xgrad
  COMPONENT development
  FILES_MATCHING
  PATTERN *.hpp
  PATTERN mnist EXCLUDE
  PATTERN models/xgrad.hpp EXCLUDE)
install(FILES models/xgrad.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/xgrad COMPONENT development)
install(EXPORT xgradTargets NAMESPACE xgrad:: DESTINATION ${package_dir} COMPONENT development)

write_basic_package_version_file(${PROJECT_BINARY_DIR}/xgradConfigVersion.cmake COMPATIBILITY SameMinorVersion)
configure_file(${PROJECT_SOURCE_DIR}/cmake/xgradConfig.cmake.in ${PROJECT_BINARY_DIR}/xgradConfig.cmake @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/xgradConfig.cmake ${PROJECT_BINARY_DIR}/xgradConfigVersion.cmake
        DESTINATION ${package_dir} COMPONENT development)

# pkg-config says the same, from what rides on the target, wherever the file lies.
file(RELATIVE_PATH XGRAD_PKG_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
get_target_property(options xgrad INTERFACE_COMPILE_OPTIONS)
list(FILTER options EXCLUDE REGEX "^[$]<")  # what depends on the program's compiler
get_target_property(definitions xgrad INTERFACE_COMPILE_DEFINITIONS)
if(definitions)
  list(TRANSFORM definitions PREPEND -D)
  list(APPEND options ${definitions})
endif()
list(JOIN options " " XGRAD_PKG_OPTIONS)
set(XGRAD_PKG_LIBS "-lxgrad")
if(NOT BUILD_SHARED_LIBS)
  set(XGRAD_PKG_LIBS "-Wl,--whole-archive -lxgrad -Wl,--no-whole-archive")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/xgrad.pc.in ${PROJECT_BINARY_DIR}/xgrad.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/xgrad.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

install(FILES LICENSE TYPE DOC COMPONENT runtime)
