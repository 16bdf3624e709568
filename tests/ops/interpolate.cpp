#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/interpolate.hpp>

namespace xgrad {

static const RegisterSamples samples_of_interpolate{
    "interpolate",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Extents sizes, InterpolateOptions options) {
                samples.push_back(
                    {std::move(label),
                     {sample_values(x)},
                     [=, sizes = WindowSizes(sizes)](auto inputs) { return interpolate(inputs[0], sizes, options); },
                     {{"sizes", {sizes.begin(), sizes.end()}},
                      {"linear", {static_cast<double>(options.method != "nearest")}},
                      {"align_corners", {static_cast<double>(options.align_corners)}}}});
              };
              add("nearest, larger", {2, 2, 3, 1}, {4, 5}, {});
              add("nearest, smaller", {2, 5, 2}, {3}, {});
              add("linear, larger", {2, 3, 2}, {5}, {.method = "linear"});
              add("linear, smaller", {2, 5, 1}, {2}, {.method = "linear"});
              add("bilinear", {1, 3, 2, 2}, {4, 3}, {.method = "bilinear"});
              add("corners aligned", {2, 3, 2, 1}, {5, 4}, {.method = "linear", .align_corners = true});
              add("corners aligned to one element", {2, 3, 1}, {1}, {.method = "linear", .align_corners = true});
              add("trilinear", {1, 2, 2, 2, 2}, {3, 2, 3}, {.method = "trilinear"});
              add("the same sizes", {2, 3, 1}, {3}, {.method = "linear"});
              add("one element", {1, 1, 1}, {1}, {});
              add("no samples", {0, 3, 2}, {2}, {});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"a size too many",
                   [] {
                     interpolate(input({batch, 4, 1}), {2, 2});
                   },
                   "interpolate: expected sizes for each of 1 axes, but got 2 of them, 2, 2"},
                  {"size 0",
                   [] {
                     interpolate(input({batch, 4, 1}), 0);
                   },
                   "interpolate: expected sizes of 1 or more, but got 0"},
                  {"an empty axis",
                   [] {
                     interpolate(input({batch, 4, 0, 1}), {2, 3});
                   },
                   "interpolate: axis 2 of shape (batch, 4, 0, 1) is empty and cannot become 3 of sizes (2, 3)"},
                  {"an unknown method",
                   [] {
                     interpolate(input({batch, 4, 1}), 2, {.method = "bilinear"});
                   },
                   "interpolate: expected the method nearest, linear, bilinear over 2 axes or trilinear over 3, but "
                   "got "
                   "bilinear over 1"},
                  {"corners of the nearest",
                   [] {
                     interpolate(input({batch, 4, 1}), 2, {.align_corners = true});
                   },
                   "interpolate: expected no align_corners with the method nearest"},
                  {"a symbol to resize",
                   [] {
                     interpolate(input({2, batch, 1}), 2);
                   },
                   "but axis 1 of shape (2, batch, 1) is batch"},
                  {"integers",
                   [] {
                     interpolate(input({2, 4, 1}, {}, DType::int32), 2);
                   },
                   "interpolate: expected float32 or float64, but got int32"},
              };
            },
    }};

}  // namespace xgrad
