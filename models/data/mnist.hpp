#pragma once

#include <xgrad/models/data/labelled_images.hpp>

#include <filesystem>
#include <optional>

namespace xgrad {
namespace internal {

// For the inline function below: no type of xtensor crosses the border of the shared library (docs/safety.md).
ArrayDataset mnist(const std::filesystem::path& folder);

}  // namespace internal

/// Loads MNIST, 60000 training and 10000 test images of handwritten digits, (count, 28, 28), with labels 0 to 9.
///
/// `folder` holds train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte,
/// each as it is or with .gz. Smaller sets in the same files load too; the complete one must have the published
/// content. Throws FileError, saying how to get the data, when the folder or a file is missing, and FormatError when a
/// file is not what it should be.
inline ImageDataset mnist(const std::filesystem::path& folder) {
  return internal::image_dataset(internal::mnist(folder));
}

/// The first folder with all four files of MNIST, or nothing: `$XGRAD_DATA_DIR/mnist`, then the user's cache folder,
/// `$XDG_CACHE_HOME/xgrad/mnist` or else `~/.cache/xgrad/mnist`.
std::optional<std::filesystem::path> find_mnist();

}  // namespace xgrad
