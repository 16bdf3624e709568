#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/idx.hpp>

#include <boost/test/unit_test.hpp>
#include <sys/resource.h>

#include "gzip.hpp"
#include "temporary_folder.hpp"
#include <string>

namespace {

using namespace std::string_literals;
using xgrad::test::gzip;
using xgrad::test::TemporaryFolder;

/// A 2 x 3 array of the letters a to f.
const std::string small =
    "\0\0\x08\x02\0\0\0\x02\0\0\0\x03"
    "abcdef"s;

void expect_rejected(const std::string& content, const std::string& expected, const std::string& received) {
  TemporaryFolder folder;
  for (const auto& path : {folder.file("plain-idx", content), folder.file("gzip-idx", gzip(content))}) {
    BOOST_CHECK_EXCEPTION(xgrad::read_idx(path), xgrad::FormatError, [&](const xgrad::FormatError& error) {
      BOOST_TEST_INFO(error.what());
      const std::string text = error.what();
      return text.find(path.filename()) != std::string::npos &&
             text.find("expected " + expected) != std::string::npos &&
             text.find("received " + received) != std::string::npos;
    });
  }
}

/// Reads what may be broken: either it is an array, or FormatError says that it is not.
bool reads_or_rejects(const TemporaryFolder& folder, const std::string& content) {
  try {
    const auto array = xgrad::read_idx(folder.file("fuzz", content));
    return array.size() <= 1032 * content.size();
  } catch (const xgrad::FormatError&) {
    return true;
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(idx)

BOOST_AUTO_TEST_CASE(reads_plain_and_gzip) {
  TemporaryFolder folder;
  const xt::xarray<std::uint8_t> expected{{'a', 'b', 'c'}, {'d', 'e', 'f'}};
  BOOST_TEST((xgrad::read_idx(folder.file("plain", small)) == expected));
  BOOST_TEST((xgrad::read_idx(folder.file("gzip", gzip(small))) == expected));
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back) {
  TemporaryFolder folder;
  const auto path = folder.path() / "array";
  // The last two are larger than the first piece that is read at once.
  for (const std::vector<std::size_t>& shape : std::vector<std::vector<std::size_t>>{
           {1}, {0}, {0, 28, 28}, {28, 0}, {3, 4, 5}, {1, 1, 1, 1, 1, 7}, {1 << 20}, {3, 1234567}}) {
    xt::xarray<std::uint8_t> array(xt::xarray<std::uint8_t>::shape_type(shape.begin(), shape.end()));
    for (std::size_t i = 0; i < array.size(); ++i) array.data()[i] = static_cast<std::uint8_t>(i * 31 + i / 1000);
    xgrad::write_idx(path, array);
    const auto result = xgrad::read_idx(path);
    BOOST_TEST(std::vector<std::size_t>(result.shape().begin(), result.shape().end()) == shape,
               boost::test_tools::per_element());
    BOOST_TEST((result == array));
  }
}

BOOST_AUTO_TEST_CASE(writes_the_bytes_of_the_format) {
  const std::vector<std::size_t> shape{60000, 2};
  const auto header = xgrad::idx_header(shape);
  const std::string expected = "\0\0\x08\x02\0\0\xea\x60\0\0\0\x02"s;
  BOOST_TEST(std::string(reinterpret_cast<const char*>(header.data()), header.size()) == expected);
}

BOOST_AUTO_TEST_CASE(rejects_every_malformed_header) {
  expect_rejected("", "4 bytes for the magic number", "0 before the end");
  expect_rejected("\0\0\x08"s, "4 bytes for the magic number", "3 before the end");
  expect_rejected("PK\3\4"s, "an IDX file, which starts with the bytes 00 00", "50 4b");
  expect_rejected("\0\1\x08\1\0\0\0\0"s, "an IDX file", "00 01");
  expect_rejected("\0\0\x0d\1\0\0\0\1abcd"s, "elements of dtype uint8 (08)", "float32 (0d)");
  expect_rejected("\0\0\x0a\1\0\0\0\1a"s, "elements of dtype uint8", "an unknown dtype (0a)");
  expect_rejected("\0\0\x08\0a"s, "a rank of 1 to 255", "0");
  expect_rejected("\0\0\x08\2\0\0\0\1\0\0"s, "4 bytes for a size", "2 before the end");
}

BOOST_AUTO_TEST_CASE(rejects_missing_and_extra_elements) {
  expect_rejected(small.substr(0, small.size() - 1), "6 bytes for the elements of shape (2, 3)", "5 before the end");
  expect_rejected(small + "g", "the end of the file after 6 bytes", "more bytes");
  expect_rejected("\0\0\x08\1\0\0\0\0a"s, "the end of the file after 0 bytes", "more bytes");
}

BOOST_AUTO_TEST_CASE(rejects_sizes_that_cannot_be_counted) {
  const std::string large = "\xff\xff\xff\xff";
  expect_rejected("\0\0\x08\2"s + large + large, "sizes whose product can be counted",
                  "a shape that starts with (4294967295, 4294967295)");
  expect_rejected("\0\0\x08\3"s + "\0\0\0\0"s + large + large, "sizes whose product can be counted",
                  "a shape that starts with (0, 4294967295, 4294967295)");
  expect_rejected("\0\0\x08\xff"s + std::string(1020, '\2'), "sizes whose product can be counted",
                  "a shape that starts with (33686018, 33686018, 33686018)");
}

BOOST_AUTO_TEST_CASE(a_header_that_lies_allocates_nothing_to_speak_of) {
  const std::string liar =
      "\0\0\x08\2\x7f\xff\xff\xff\x7f\xff\xff\xff"
      "12345678"s;
  rusage before{}, after{};
  getrusage(RUSAGE_SELF, &before);
  expect_rejected(liar, "4611686014132420609 bytes for the elements of shape (2147483647, 2147483647)",
                  "8 before the end");
  getrusage(RUSAGE_SELF, &after);
  BOOST_TEST(after.ru_maxrss - before.ru_maxrss < 64 * 1024);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_missing_is_a_file_error) {
  TemporaryFolder folder;
  BOOST_CHECK_THROW(xgrad::read_idx(folder.path() / "missing"), xgrad::FileError);
}

BOOST_AUTO_TEST_CASE(rejects_arrays_the_format_cannot_hold) {
  TemporaryFolder folder;
  BOOST_CHECK_THROW(xgrad::write_idx(folder.path() / "scalar", xt::xarray<std::uint8_t>(std::uint8_t{3})),
                    xgrad::ValueError);
  BOOST_CHECK_THROW(xgrad::idx_header(std::vector<std::size_t>(256, 1)), xgrad::ValueError);
  BOOST_CHECK_THROW(xgrad::idx_header(std::vector<std::size_t>{std::size_t{1} << 32}), xgrad::ValueError);
  BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_CASE(every_changed_byte_and_every_length_reads_or_is_rejected) {
  TemporaryFolder folder;
  for (const auto& valid : {small, gzip(small)}) {
    for (std::size_t position = 0; position < valid.size(); ++position) {
      BOOST_TEST_CONTEXT("position " << position << " of " << valid.size()) {
        BOOST_TEST(reads_or_rejects(folder, valid.substr(0, position)));
        for (int change : {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff, 0x03}) {
          auto changed = valid;
          changed[position] = static_cast<char>(changed[position] ^ change);
          BOOST_TEST(reads_or_rejects(folder, changed));
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_shape_is_checked_before_elements_are_read) {
  TemporaryFolder folder;
  struct WrongShape : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  const auto header = "\0\0\x08\x03\xff\0\0\0\0\0\x10\0\0\0\x10\0"s;  // and no elements
  for (const auto& path : {folder.file("plain", header), folder.file("gzip", gzip(header))}) {
    BOOST_CHECK_THROW(xgrad::read_idx(path), xgrad::FormatError);
    BOOST_CHECK_THROW(xgrad::read_idx(path,
                                      [](const xgrad::Extents& shape) {
                                        BOOST_TEST((shape == xgrad::Extents{0xff000000, 4096, 4096}));
                                        throw WrongShape("as it is");
                                      }),
                      WrongShape);
  }
  const auto accepted = xgrad::read_idx(folder.file("small", small), [](const xgrad::Extents&) {});
  BOOST_TEST(accepted.size() == 6u);
}

BOOST_AUTO_TEST_SUITE_END()
