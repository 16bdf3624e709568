#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/input_file.hpp>

#include <boost/test/unit_test.hpp>

#include "gzip.hpp"
#include "temporary_folder.hpp"
#include <string>

namespace {

using xgrad::test::gzip;

/// Everything in the file, asked for in pieces of `piece` bytes.
std::string read_all(const std::filesystem::path& path, std::size_t piece) {
  xgrad::InputFile file(path);
  std::string result, bytes(piece, '\0');
  std::size_t count = piece;
  while (count == piece) {
    count = file.read(std::as_writable_bytes(std::span(bytes)));
    result.append(bytes, 0, count);
  }
  BOOST_TEST(file.read(std::as_writable_bytes(std::span(bytes))) == 0u);
  return result;
}

/// Text that is longer than the buffers and does not compress to nothing.
std::string long_text() {
  std::string text;
  for (unsigned i = 0, x = 1; i < 300000; ++i, x = x * 1103515245 + 12345) text.push_back(static_cast<char>(x >> 20));
  return text;
}

auto says(std::string part) {
  return [part](const xgrad::Error& error) {
    const bool found = std::string(error.what()).find(part) != std::string::npos;
    if (!found) BOOST_TEST_MESSAGE(error.what());
    return found;
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(input_file)

BOOST_AUTO_TEST_CASE(gives_the_same_bytes_plain_and_compressed_in_any_pieces) {
  xgrad::test::TemporaryFolder folder;
  for (const std::string& text : {std::string(), std::string("a"), std::string("\x1f"), long_text()}) {
    const auto plain = folder.file("plain", text);
    const auto compressed = folder.file("compressed", gzip(text));
    for (std::size_t piece : {7, 65536, 65537, 1000000}) {
      BOOST_TEST((read_all(plain, piece) == text));
      BOOST_TEST((read_all(compressed, piece) == text));
    }
  }
}

BOOST_AUTO_TEST_CASE(tells_gzip_by_content_and_not_by_name) {
  xgrad::test::TemporaryFolder folder;
  BOOST_TEST(read_all(folder.file("plain.gz", "text"), 10) == "text");
  BOOST_TEST(read_all(folder.file("compressed.txt", gzip("text")), 10) == "text");
}

BOOST_AUTO_TEST_CASE(reads_gzip_files_one_after_the_other) {
  xgrad::test::TemporaryFolder folder;
  BOOST_TEST(read_all(folder.file("two.gz", gzip("one ") + gzip("") + gzip("two")), 3) == "one two");
}

BOOST_AUTO_TEST_CASE(reads_gzip_files_that_are_filled_up_with_zeros) {
  xgrad::test::TemporaryFolder folder;
  for (const std::size_t zeros : {1, 7, 512, 65535, 200000}) {
    const std::string filling(zeros, '\0');
    for (const std::size_t piece : {3, 1000}) {
      BOOST_TEST(read_all(folder.file("one.gz", gzip("some text") + filling), piece) == "some text");
      BOOST_TEST(read_all(folder.file("two.gz", gzip("one ") + filling + gzip("two") + filling), piece) == "one two");
      BOOST_CHECK_EXCEPTION(read_all(folder.file("more.gz", gzip("text") + filling + "more"), piece),
                            xgrad::FormatError, says("incorrect header check"));
    }
  }
}

BOOST_AUTO_TEST_CASE(rejects_gzip_that_is_cut_short) {
  xgrad::test::TemporaryFolder folder;
  const auto whole = gzip("some text");
  for (std::size_t length = 2; length < whole.size(); ++length) {
    const auto path = folder.file("cut.gz", whole.substr(0, length));
    BOOST_CHECK_EXCEPTION(read_all(path, 100), xgrad::FormatError,
                          says("cut.gz: expected whole gzip data, received data that ends"));
  }
}

BOOST_AUTO_TEST_CASE(rejects_gzip_that_is_corrupt_or_followed_by_something_else) {
  xgrad::test::TemporaryFolder folder;
  auto flipped = gzip(long_text());
  flipped[flipped.size() / 2] ^= 1;
  BOOST_CHECK_THROW(read_all(folder.file("flipped.gz", flipped), 1000), xgrad::FormatError);
  auto checksum = gzip("some text");
  checksum[checksum.size() - 6] ^= 1;
  BOOST_CHECK_EXCEPTION(read_all(folder.file("checksum.gz", checksum), 1000), xgrad::FormatError,
                        says("incorrect data check"));
  BOOST_CHECK_EXCEPTION(read_all(folder.file("more.gz", gzip("text") + "more"), 1000), xgrad::FormatError,
                        says("incorrect header check"));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_named_with_the_reason) {
  xgrad::test::TemporaryFolder folder;
  BOOST_CHECK_EXCEPTION(xgrad::InputFile(folder.path() / "missing"), xgrad::FileError, says("missing: cannot open"));
  BOOST_CHECK_EXCEPTION(xgrad::InputFile(folder.path()), xgrad::FileError, says("Is a directory"));
}

BOOST_AUTO_TEST_SUITE_END()
