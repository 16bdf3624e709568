#include <xgrad/models/data/digits/handwriting.hpp>
#include <xgrad/models/data/digits/random_stream.hpp>
#include <xgrad/models/data/digits/rasterize.hpp>
#include <xgrad/models/data/synthetic_digits.hpp>

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <span>

namespace xgrad {
namespace {

constexpr std::size_t pixels = digits::image_size * digits::image_size;

// A stream for each image, far from those that models draw from with the same seed.
constexpr std::uint64_t train_streams = std::uint64_t{2} << 62, test_streams = std::uint64_t{3} << 62;

internal::LabelledArrays draw(std::size_t count, std::uint64_t seed, std::uint64_t first_stream) {
  const auto samples = static_cast<std::int64_t>(count);
  internal::LabelledArrays result{Array(DType::uint8, {samples, digits::image_size, digits::image_size}),
                                  Array(DType::uint8, {samples})};
  std::uint8_t* const images = result.images.data<std::uint8_t>().data();
  std::uint8_t* const labels = result.labels.data<std::uint8_t>().data();
  tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 64), [=](const auto& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) {
      digits::RandomStream random({.seed = seed, .stream = first_stream + i});
      labels[i] = static_cast<std::uint8_t>(random.uniform(0, 10));
      digits::rasterize(digits::write_digit(labels[i], random),
                        std::span<std::uint8_t, pixels>(images + i * pixels, pixels));
    }
  });
  return result;
}

}  // namespace

internal::ArrayDataset internal::synthetic_digits(const SyntheticDigits& options) {
  return {draw(options.train, options.seed, train_streams), draw(options.test, options.seed, test_streams)};
}

}  // namespace xgrad
