#pragma once

#include <xgrad/models/data/labelled_images.hpp>

#include <cstddef>
#include <cstdint>

namespace xgrad {

struct SyntheticDigits {
  /// How many images each set has.
  std::size_t train = 60000;
  std::size_t test = 10000;
  /// Another seed draws other images. The two sets of one seed have no random numbers in common.
  std::uint64_t seed = 1;
};

namespace internal {

// For the inline function below: no type of xtensor crosses the border of the shared library (docs/safety.md).
ArrayDataset synthetic_digits(const SyntheticDigits& options);

}  // namespace internal

/// Draws digits that look written by hand, in the shapes of MNIST: images (count, 28, 28), labels (count,) from 0 to 9.
///
/// This is not MNIST: no person wrote them, and no result on them says anything about results on MNIST. They are for
/// machines that have no data. Pens follow templates of strokes under random changes of every knot, slant, proportions,
/// plane and pen. Each image depends only on the seed, its set and its index: the same bytes on any number of threads,
/// and on other processors up to one grey level in single pixels.
inline ImageDataset synthetic_digits(const SyntheticDigits& options = {}) {
  return internal::image_dataset(internal::synthetic_digits(options));
}

}  // namespace xgrad
