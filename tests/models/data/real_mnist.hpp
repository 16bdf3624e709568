#pragma once

#include <xgrad/models/data/mnist.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string_view>

namespace xgrad::test {

/// The folder of the real MNIST, for a test that cannot do without. Where there is none the test has nothing to do but
/// return, unless XGRAD_REQUIRE_MNIST is 1: then it fails.
inline std::optional<std::filesystem::path> real_mnist() {
  if (auto folder = find_mnist()) return folder;
  const char* required = std::getenv("XGRAD_REQUIRE_MNIST");
  if (required && std::string_view(required) == "1") BOOST_FAIL("the real MNIST is required and not found");
  std::cout << boost::unit_test::framework::current_test_case().full_name()
            << ": skipped, the real MNIST is not found (bash models/mnist/download.sh)\n";
  return std::nullopt;
}

}  // namespace xgrad::test
