#pragma once

#include <xgrad/framework/core/array.hpp>
#include <xgrad/framework/core/random.hpp>

#include <cstdint>

namespace xgrad::test {

/// Points around one centre for each class, and the classes: easy to learn, and small.
struct Blobs {
  xt::xarray<float> x;              ///< (samples, features)
  xt::xarray<std::int32_t> labels;  ///< (samples,)
  xt::xarray<float> y;              ///< (samples, classes), one-hot

  explicit Blobs(std::size_t samples, std::size_t features = 6, std::size_t classes = 3, std::uint64_t seed = 1)
      : x(xt::zeros<float>({samples, features})),
        labels(xt::zeros<std::int32_t>({samples})),
        y(xt::zeros<float>({samples, classes})) {
    fill_uniform({.seed = seed}, 0, std::span<float>(x.data(), x.size()));
    for (std::size_t sample = 0; sample < samples; ++sample) {
      const auto label = random_bits({.seed = seed, .stream = 1}, sample) % classes;
      labels(sample) = static_cast<std::int32_t>(label);
      y(sample, label) = 1;
      x(sample, label % features) += 0.8f;
    }
  }
};

}  // namespace xgrad::test
