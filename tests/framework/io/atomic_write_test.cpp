#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/atomic_write.hpp>

#include <boost/test/unit_test.hpp>

#include "temporary_folder.hpp"
#include <fstream>
#include <iterator>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

auto entries(const fs::path& folder) { return std::distance(fs::directory_iterator(folder), {}); }

}  // namespace

BOOST_AUTO_TEST_SUITE(atomic_write)

BOOST_AUTO_TEST_CASE(writes_the_parts_in_order_and_replaces_what_was_there) {
  xgrad::test::TemporaryFolder folder;
  const auto path = folder.file("file", "old content, longer than the new one");
  const std::string first = "one ", second = "two";
  xgrad::write_atomically(path, {std::as_bytes(std::span(first)), std::as_bytes(std::span(second))});
  BOOST_TEST(content(path) == "one two");
  BOOST_TEST(entries(folder.path()) == 1);
}

BOOST_AUTO_TEST_CASE(leaves_nothing_behind_when_it_fails) {
  xgrad::test::TemporaryFolder folder;
  // A folder that holds something cannot be replaced by a file.
  fs::create_directories(folder.path() / "taken" / "inside");
  const auto names_the_file = [&](const xgrad::FileError& error) {
    return std::string(error.what()).find("taken") != std::string::npos;
  };
  BOOST_CHECK_EXCEPTION(xgrad::write_atomically(folder.path() / "taken", {}), xgrad::FileError, names_the_file);
  BOOST_TEST(entries(folder.path()) == 1);
  BOOST_CHECK_THROW(xgrad::write_atomically(folder.path() / "missing" / "file", {}), xgrad::FileError);
}

BOOST_AUTO_TEST_SUITE_END()
