#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/pixel_shuffle.hpp>

namespace xgrad {
namespace {

std::vector<Rejection> shuffle_rejections(const std::string& name, Tensor (*function)(const Tensor&, std::int64_t)) {
  return {
      {"a matrix",
       [=] {
         function(input({4, 4}), 2);
       },
       name + ": expected x of shape (..., channels, height, width), but got (4, 4)"},
      {"a factor of 0",
       [=] {
         function(input({4, 4, 4}), 0);
       },
       name + ": expected a factor of 1 to 32767, but got 0"},
  };
}

std::vector<Sample> shuffle_samples(Tensor (*function)(const Tensor&, std::int64_t),
                                    const std::vector<std::tuple<std::string, Extents, std::int64_t>>& uses) {
  std::vector<Sample> samples;
  for (const auto& [label, shape, r] : uses) {
    samples.push_back({label,
                       {sample_values(shape)},
                       [function, r = r](auto x) { return function(x[0], r); },
                       {{"r", {static_cast<double>(r)}}}});
  }
  return samples;
}

}  // namespace

static const RegisterSamples samples_of_pixel_shuffle{
    "pixel_shuffle",
    {
        .samples =
            [] {
              return shuffle_samples(pixel_shuffle, {{"one sample", {8, 1, 2}, 2},
                                                     {"batch", {2, 4, 2, 1}, 2},
                                                     {"factor 3", {1, 9, 2, 1}, 3},
                                                     {"factor 1", {2, 2, 1, 2}, 1},
                                                     {"one element", {1, 1, 1}, 1},
                                                     {"no elements", {0, 4, 1, 2}, 2}});
            },
        .rejections =
            [] {
              auto rejections = shuffle_rejections("pixel_shuffle", pixel_shuffle);
              rejections.push_back({"channels that are no multiple",
                                    [] {
                                      pixel_shuffle(input({6, 2, 2}), 2);
                                    },
                                    "pixel_shuffle: expected 4 to divide the channels of x (6, 2, 2)"});
              return rejections;
            },
    }};

static const RegisterSamples samples_of_pixel_unshuffle{
    "pixel_unshuffle",
    {
        .samples =
            [] {
              return shuffle_samples(pixel_unshuffle, {{"one sample", {2, 2, 4}, 2},
                                                       {"batch", {2, 1, 4, 2}, 2},
                                                       {"factor 3", {1, 1, 3, 6}, 3},
                                                       {"factor 1", {2, 2, 1, 2}, 1},
                                                       {"one element", {1, 1, 1}, 1},
                                                       {"no elements", {0, 1, 2, 4}, 2}});
            },
        .rejections =
            [] {
              auto rejections = shuffle_rejections("pixel_unshuffle", pixel_unshuffle);
              rejections.push_back({"a width that is no multiple",
                                    [] {
                                      pixel_unshuffle(input({1, 4, 5}), 2);
                                    },
                                    "pixel_unshuffle: expected 2 to divide the height and the width of x (1, 4, 5)"});
              return rejections;
            },
    }};

}  // namespace xgrad
