#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/idx.hpp>

#include "../../framework/io/gzip.hpp"
#include "../../framework/io/temporary_folder.hpp"
#include "real_mnist.hpp"
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using xgrad::test::TemporaryFolder;
using Bytes = xt::xarray<std::uint8_t>;

Bytes bytes(std::vector<std::size_t> shape, std::uint8_t value) {
  return Bytes(Bytes::shape_type(shape.begin(), shape.end()), value);
}

/// The four files with 5 training and 3 test images.
void write_small_set(const fs::path& folder) {
  fs::create_directories(folder);
  xgrad::write_idx(folder / "train-images-idx3-ubyte", bytes({5, 28, 28}, 200));
  xgrad::write_idx(folder / "train-labels-idx1-ubyte", Bytes{0, 9, 3, 4, 1});
  xgrad::write_idx(folder / "t10k-images-idx3-ubyte", bytes({3, 28, 28}, 7));
  xgrad::write_idx(folder / "t10k-labels-idx1-ubyte", Bytes{1, 2, 3});
}

void compress(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  std::ofstream(path.string() + ".gz", std::ios::binary) << xgrad::test::gzip(content);
  fs::remove(path);
}

auto says(std::vector<std::string> parts) {
  return [parts](const xgrad::Error& error) {
    const std::string text = error.what();
    for (const auto& part : parts)
      BOOST_TEST(text.find(part) != std::string::npos, "'" << part << "' not in: " << text);
    return true;
  };
}

/// Replaces one file of a small set and expects a FormatError that says all the parts.
void expect_rejected(const std::string& file, const Bytes& array, std::vector<std::string> parts) {
  TemporaryFolder folder;
  write_small_set(folder.path());
  xgrad::write_idx(folder.path() / file, array);
  parts.insert(parts.end(), {file, "delete it and run the download again"});
  BOOST_CHECK_EXCEPTION(xgrad::mnist(folder.path()), xgrad::FormatError, says(parts));
}

/// Sets an environment variable while it lives.
class Environment {
 public:
  Environment(const char* name, const fs::path& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(mnist)

BOOST_AUTO_TEST_CASE(loads_the_four_arrays_plain_or_gzip) {
  TemporaryFolder folder;
  write_small_set(folder.path());
  for (int round = 0; round < 2; ++round) {
    auto [train, test] = xgrad::mnist(folder.path());
    auto& [x_train, y_train] = train;
    auto& [x_test, y_test] = test;
    BOOST_TEST((x_train == bytes({5, 28, 28}, 200)));
    BOOST_TEST((y_train == Bytes{0, 9, 3, 4, 1}));
    BOOST_TEST((x_test == bytes({3, 28, 28}, 7)));
    BOOST_TEST((y_test == Bytes{1, 2, 3}));
    if (round == 0) {
      compress(folder.path() / "train-images-idx3-ubyte");
      compress(folder.path() / "t10k-labels-idx1-ubyte");
    }
  }
}

BOOST_AUTO_TEST_CASE(missing_data_says_how_to_get_it) {
  TemporaryFolder folder;
  const auto missing = folder.path() / "none";
  BOOST_CHECK_EXCEPTION(xgrad::mnist(missing), xgrad::FileError,
                        says({"no such folder", "bash models/mnist/download.sh " + missing.string()}));
  write_small_set(folder.path());
  fs::remove(folder.path() / "t10k-images-idx3-ubyte");
  BOOST_CHECK_EXCEPTION(xgrad::mnist(folder.path()), xgrad::FileError,
                        says({"t10k-images-idx3-ubyte", "received neither", "download.sh"}));
}

BOOST_AUTO_TEST_CASE(rejects_shapes_before_it_reads_elements) {
  // A header alone: whoever reads elements first says that they end too early.
  const auto expect_shape_rejected = [](const std::string& file, const std::vector<std::size_t>& shape,
                                        const std::string& received) {
    TemporaryFolder folder;
    write_small_set(folder.path());
    const auto header = xgrad::idx_header(shape);
    fs::remove(folder.path() / file);
    std::ofstream(folder.path() / (file + ".gz"), std::ios::binary)
        << xgrad::test::gzip({reinterpret_cast<const char*>(header.data()), header.size()});
    BOOST_CHECK_EXCEPTION(xgrad::mnist(folder.path()), xgrad::FormatError, says({"mnist: ", "received " + received}));
  };
  expect_shape_rejected("train-images-idx3-ubyte", {5'000'000, 28, 28}, "(5000000, 28, 28)");
  expect_shape_rejected("train-images-idx3-ubyte", {60'000, 28, 29}, "(60000, 28, 29)");
  expect_shape_rejected("t10k-labels-idx1-ubyte", {4'000'000'000}, "(4000000000,)");
}

BOOST_AUTO_TEST_CASE(rejects_files_that_do_not_fit) {
  expect_rejected("train-images-idx3-ubyte", bytes({5, 28, 27}, 0), {"(count, 28, 28)", "(5, 28, 27)"});
  expect_rejected("t10k-images-idx3-ubyte", bytes({3, 784}, 0), {"(count, 28, 28)", "(3, 784)"});
  expect_rejected("train-labels-idx1-ubyte", bytes({4}, 0), {"(5,)", "received (4,)"});
  expect_rejected("t10k-labels-idx1-ubyte", bytes({3, 1}, 0), {"(3,)", "received (3, 1)"});
  expect_rejected("t10k-labels-idx1-ubyte", Bytes{1, 10, 2}, {"labels 0 to 9", "10 at index 1"});
}

BOOST_AUTO_TEST_CASE(a_complete_set_with_other_content_is_rejected) {
  TemporaryFolder folder;
  xgrad::write_idx(folder.path() / "train-images-idx3-ubyte", bytes({60000, 28, 28}, 0));
  xgrad::write_idx(folder.path() / "train-labels-idx1-ubyte", bytes({60000}, 0));
  xgrad::write_idx(folder.path() / "t10k-images-idx3-ubyte", bytes({10000, 28, 28}, 0));
  xgrad::write_idx(folder.path() / "t10k-labels-idx1-ubyte", bytes({10000}, 0));
  // The second hash is that of an IDX header and 47040000 zeros, as sha256sum gives it.
  BOOST_CHECK_EXCEPTION(
      xgrad::mnist(folder.path()), xgrad::FormatError,
      says({"train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "ba2048faa0242d852ccfba31d5efa227046ebcc173e3a4951fb9c906fb61ebdb",
            "delete it and run the download again"}));
}

BOOST_AUTO_TEST_CASE(is_found_in_the_data_folder_and_then_in_the_cache) {
  TemporaryFolder folder;
  const auto data = folder.path() / "data", cache = folder.path() / "cache", home = folder.path() / "home";
  Environment data_variable("XGRAD_DATA_DIR", data), cache_variable("XDG_CACHE_HOME", cache),
      home_variable("HOME", home);
  BOOST_TEST(!xgrad::find_mnist().has_value());

  write_small_set(home / ".cache" / "xgrad" / "mnist");
  BOOST_TEST(!xgrad::find_mnist().has_value());
  {
    Environment no_cache("XDG_CACHE_HOME", "");
    BOOST_TEST(xgrad::find_mnist().value() == home / ".cache" / "xgrad" / "mnist");
  }
  write_small_set(cache / "xgrad" / "mnist");
  BOOST_TEST(xgrad::find_mnist().value() == cache / "xgrad" / "mnist");

  write_small_set(data / "mnist");
  BOOST_TEST(xgrad::find_mnist().value() == data / "mnist");
  compress(data / "mnist" / "train-images-idx3-ubyte");
  BOOST_TEST(xgrad::find_mnist().value() == data / "mnist");
  // A download that was interrupted is not found.
  fs::remove(data / "mnist" / "t10k-labels-idx1-ubyte");
  BOOST_TEST(xgrad::find_mnist().value() == cache / "xgrad" / "mnist");
}

BOOST_AUTO_TEST_CASE(the_real_set_loads) {
  const auto folder = xgrad::test::real_mnist();
  if (!folder) return;
  const auto [train, test] = xgrad::mnist(*folder);
  BOOST_TEST(train.images.size() == 60000u * 784);
  BOOST_TEST(test.images.size() == 10000u * 784);
  const Bytes first_labels = xt::view(train.labels, xt::range(0, 10));
  BOOST_TEST((first_labels == Bytes{5, 0, 4, 1, 9, 2, 1, 3, 1, 4}));
  BOOST_TEST(int{test.labels(0)} == 7);
}

BOOST_AUTO_TEST_SUITE_END()
