#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/atomic_write.hpp>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "temporary_folder.hpp"
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
  xgrad::write_atomically(path, {std::as_bytes(std::span(text))});
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

BOOST_AUTO_TEST_CASE(keeps_the_mode_of_the_file_and_takes_the_usual_one_for_a_new_file) {
  xgrad::test::TemporaryFolder folder;
  const auto path = folder.file("file", "old");
  fs::permissions(path, fs::perms(0640));
  write(path, "new");
  BOOST_TEST(content(path) == "new");
  BOOST_TEST((fs::status(path).permissions() == fs::perms(0640)));

  write(folder.path() / "fresh", "new");
  std::ofstream(folder.path() / "usual") << "new";
  BOOST_TEST((fs::status(folder.path() / "fresh").permissions() == fs::status(folder.path() / "usual").permissions()));
}

BOOST_AUTO_TEST_CASE(replaces_the_target_of_a_link) {
  xgrad::test::TemporaryFolder folder;
  const auto path = folder.file("file", "old");
  fs::create_directory(folder.path() / "links");
  fs::create_symlink("../file", folder.path() / "links" / "first");
  fs::create_symlink("first", folder.path() / "links" / "second");
  write(folder.path() / "links" / "second", "new");
  BOOST_TEST(content(path) == "new");
  BOOST_TEST(fs::is_symlink(folder.path() / "links" / "second"));

  fs::create_symlink("../later", folder.path() / "links" / "dangling");
  write(folder.path() / "links" / "dangling", "made");
  BOOST_TEST(content(folder.path() / "later") == "made");

  fs::create_symlink("circle", folder.path() / "circle");
  BOOST_CHECK_THROW(write(folder.path() / "circle", "lost"), xgrad::FileError);
}

BOOST_AUTO_TEST_CASE(writes_to_what_is_no_regular_file) {
  xgrad::test::TemporaryFolder folder;
  write("/dev/null", "lost");
  BOOST_TEST(fs::is_character_file("/dev/null"));
  BOOST_CHECK_THROW(write("/dev/full", "no space"), xgrad::FileError);
  BOOST_TEST(fs::is_character_file("/dev/full"));

  const auto pipe = folder.path() / "pipe";
  BOOST_REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  std::string received;
  std::thread reader([&] { received = content(pipe); });
  write(pipe, "through the pipe");
  reader.join();
  BOOST_TEST(received == "through the pipe");
  BOOST_TEST(fs::is_fifo(pipe));
}

BOOST_AUTO_TEST_CASE(adds_to_a_file_that_is_the_standard_error_of_the_process) {
  xgrad::test::TemporaryFolder folder;
  const auto path = folder.file("log", "");
  std::fflush(stderr);
  const int kept = dup(STDERR_FILENO);
  BOOST_REQUIRE(std::freopen(path.c_str(), "a", stderr));
  std::fputs("before, ", stderr);
  std::fflush(stderr);
  write(path, "written");
  std::fputs(", after", stderr);
  std::fflush(stderr);
  dup2(kept, STDERR_FILENO);
  close(kept);
  BOOST_TEST(content(path) == "before, written, after");
}

BOOST_AUTO_TEST_CASE(says_beforehand_what_cannot_be_written) {
  xgrad::test::TemporaryFolder folder;
  fs::create_directory(folder.path() / "inside");
  for (const auto& path : {folder.path() / "missing" / "file", folder.path() / "inside", fs::path(),
                           folder.file("file", "") / "below", folder.path() / "inside" / ""}) {
    BOOST_CHECK_THROW(xgrad::expect_writable(path), xgrad::FileError);
    BOOST_CHECK_THROW(write(path, "lost"), xgrad::FileError);
  }
  xgrad::expect_writable(folder.path() / "new");
  xgrad::expect_writable("/dev/null");
  BOOST_TEST(!fs::exists(folder.path() / "new"));
}

BOOST_AUTO_TEST_SUITE_END()
