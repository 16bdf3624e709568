#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/clip.hpp>

#include <cmath>
#include <limits>

namespace xgrad {
static const RegisterSamples samples_of_clip{
    "clip",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents x, Extents low, Extents high) {
                samples.push_back(
                    {std::move(label),
                     {sample_values(x), sample_values(low, -1.5, -0.2, 1), sample_values(high, 0.2, 1.5, 2)},
                     [](auto inputs) { return clip(inputs[0], inputs[1], inputs[2]); }});
              };
              add("matrices", {2, 3}, {2, 3}, {2, 3});
              add("all repeated", {2, 1}, {3}, {4, 1, 1});
              add("scalars", {}, {}, {});
              add("one element", {1}, {1}, {1});
              add("no elements", {0, 3}, {3}, {});
              samples.push_back(
                  {"crossed bounds",
                   {sample_values({4}), sample_values({4}, 0.2, 1.5, 1), sample_values({4}, -1.5, -0.2, 2)},
                   [](auto x) { return clip(x[0], x[1], x[2]); }});
              const auto numbers = [&](std::string label, Array x, std::optional<double> low,
                                       std::optional<double> high) {
                std::map<std::string, std::vector<double>> arguments;
                if (low) arguments["low"] = {*low};
                if (high) arguments["high"] = {*high};
                samples.push_back({std::move(label),
                                   {std::move(x)},
                                   [=](auto inputs) { return clip(inputs[0], low, high); },
                                   std::move(arguments)});
              };
              numbers("numbers", sample_values({2, 3}), -1, 0.5);
              numbers("no upper bound", sample_values({2, 3}), 0.1, std::nullopt);
              numbers("no lower bound", sample_values({2, 3}), std::nullopt, 0.1);
              numbers("integers", xt::xarray<std::int64_t>{-5, 0, 7, std::numeric_limits<std::int64_t>::max()}, 0,
                      std::nullopt);
              samples.push_back({"upper bound alone",
                                 {sample_values({2, 3}), sample_values({3}, -1, 1, 1)},
                                 [](auto x) { return clip(x[0], std::nullopt, x[1]); },
                                 {{"upper", {1}}}});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"no bound", [] { clip(input({3}), std::optional<double>(), std::nullopt); },
                   "clip: expected a lower or an upper bound, but got none"},
                  {"mixed dtypes", [] { clip(input({3}), scalar(0, DType::float64), std::nullopt); },
                   "clip: expected inputs of one dtype, but got float32 and float64"},
                  {"shapes that do not broadcast",
                   [] {
                     clip(input({2, 3}), input({4}), std::nullopt);
                   },
                   "clip: shapes (2, 3) and (4,) do not broadcast"},
                  {"booleans", [] { clip(input({3}, {}, DType::boolean), 0, 1); },
                   "clip: expected one of float32, float64, int32, int64, uint8, but got bool"},
              };
            },
        .points = {{{-1, -1, 1}, -1, 1},
                   {{1, -1, 1}, 1, 1},
                   {{-1.5, -1, 1}, -1, 0},
                   {{1000, -1, 1}, 1, 0},
                   {{0, 0, 0}, 0, 1},
                   {{0, 1, -1}, -1, 0},
                   {{NAN, -1, 1}, NAN, NAN},
                   {{0.5, NAN, 1}, NAN, NAN},
                   {{0.5, -1, NAN}, NAN, NAN},
                   {{2, NAN, 1}, NAN, NAN},
                   {{-2, -1, NAN}, NAN, NAN},
                   {{INFINITY, -1, INFINITY}, INFINITY, 1}},
    }};

}  // namespace xgrad
