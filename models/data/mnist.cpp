#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/shape.hpp>
#include <xgrad/framework/io/idx.hpp>
#include <xgrad/framework/io/sha256.hpp>
#include <xgrad/models/data/mnist.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xgrad {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t image_size = 28;
constexpr std::int64_t most_images = 1'000'000;  // more than any set in this format has
constexpr int classes = 10;

/// One part of the set. The checksums are of the whole files, not compressed.
struct Part {
  std::string_view images, images_sha256;
  std::string_view labels, labels_sha256;
  std::size_t complete;
};

constexpr Part train_part{"train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                          "train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                          60000};
constexpr Part test_part{"t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                         "t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
                         10000};

/// The file `name`, or `name` with .gz, in `folder`.
std::optional<fs::path> find_file(const fs::path& folder, std::string_view name) {
  std::error_code unreadable;
  for (std::string_view suffix : {"", ".gz"}) {
    auto path = folder / fmt::format("{}{}", name, suffix);
    if (fs::is_regular_file(path, unreadable)) return path;
  }
  return std::nullopt;
}

fs::path require_file(const fs::path& folder, std::string_view name) {
  if (auto path = find_file(folder, name)) return *path;
  throw FileError(
      fmt::format("mnist: {}: expected this file, as it is or with .gz, received {}; to get the data run: "
                  "bash models/mnist/download.sh {}",
                  (folder / name).string(), fs::exists(folder) ? "neither" : "no such folder", folder.string()));
}

[[noreturn]] void reject(const fs::path& path, const std::string& expected, const std::string& received) {
  throw FormatError(fmt::format("mnist: {}: expected {}, received {}; delete it and run the download again",
                                path.string(), expected, received));
}

/// One part with the files it came from.
struct LoadedPart {
  fs::path images_path, labels_path;
  internal::LabelledArrays data;
};

LoadedPart load(const fs::path& folder, const Part& part) {
  LoadedPart loaded{require_file(folder, part.images), require_file(folder, part.labels), {}};
  auto& [images, labels] = loaded.data;

  images = internal::read_idx(loaded.images_path, [&](const Extents& shape) {
    if (shape.size() != 3 || shape[0] > most_images || shape[1] != image_size || shape[2] != image_size) {
      reject(loaded.images_path, fmt::format("images of shape (count, 28, 28), {} at most", most_images),
             to_string(shape));
    }
  });
  labels = internal::read_idx(loaded.labels_path, [&](const Extents& shape) {
    if (shape.size() != 1 || shape[0] != images.shape()[0]) {
      reject(loaded.labels_path, fmt::format("labels of shape ({},), one for each image", images.shape()[0]),
             to_string(shape));
    }
  });
  const auto values = std::as_const(labels).data<std::uint8_t>();
  const auto wrong = std::ranges::find_if(values, [](auto label) { return label >= classes; });
  if (wrong != values.end()) {
    reject(loaded.labels_path, "labels 0 to 9", fmt::format("{} at index {}", *wrong, wrong - values.begin()));
  }
  return loaded;
}

/// Throws unless the file that `array` was read from has this checksum. A valid IDX file is its header and its
/// elements, so there is no need to read it again.
void verify(const fs::path& path, const Array& array, std::string_view expected) {
  Sha256 hash;
  hash.update(idx_header(std::vector<std::size_t>(array.shape().begin(), array.shape().end())));
  hash.update(array.bytes());
  if (const auto received = hash.hex_digest(); received != expected) {
    reject(path, fmt::format("content with SHA-256 {}", expected), received);
  }
}

void verify(const LoadedPart& loaded, const Part& part) {
  verify(loaded.images_path, loaded.data.images, part.images_sha256);
  verify(loaded.labels_path, loaded.data.labels, part.labels_sha256);
}

bool is_complete(const LoadedPart& loaded, const Part& part) { return loaded.data.labels.size() == part.complete; }

/// The environment variable as a path; empty when it is not set.
fs::path environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

internal::ArrayDataset internal::mnist(const fs::path& folder) {
  auto train = load(folder, train_part);
  auto test = load(folder, test_part);
  if (is_complete(train, train_part) && is_complete(test, test_part)) {
    verify(train, train_part);
    verify(test, test_part);
  }
  return {std::move(train.data), std::move(test.data)};
}

std::optional<fs::path> find_mnist() {
  const auto data = environment("XGRAD_DATA_DIR");
  const auto cache = environment("XDG_CACHE_HOME");
  const auto home = environment("HOME");
  const std::array candidates{data.empty() ? data : data / "mnist", !cache.empty() ? cache / "xgrad" / "mnist"
                                                                    : !home.empty()
                                                                        ? home / ".cache" / "xgrad" / "mnist"
                                                                        : home};
  const auto found = std::find_if(candidates.begin(), candidates.end(), [](const fs::path& folder) {
    return !folder.empty() && find_file(folder, train_part.images) && find_file(folder, train_part.labels) &&
           find_file(folder, test_part.images) && find_file(folder, test_part.labels);
  });
  return found == candidates.end() ? std::nullopt : std::optional(*found);
}

}  // namespace xgrad
