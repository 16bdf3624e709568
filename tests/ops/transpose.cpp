#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/transpose.hpp>

namespace xgrad {

static const RegisterSamples samples_of_transpose{
    "transpose",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> axes) {
                samples.push_back(
                    {std::move(label), {sample_values(shape)}, [=](auto x) { return transpose(x[0], axes); }});
              };
              samples.push_back({"matrix", {sample_values({2, 3})}, [](auto x) { return transpose(x[0]); }});
              samples.push_back({"scalar", {sample_values({})}, [](auto x) { return transpose(x[0]); }});
              samples.push_back({"large matrix", {sample_values({18, 37})}, [](auto x) { return transpose(x[0]); }});
              add("axes (0, 2, 1)", {2, 3, 4}, {0, 2, 1});
              add("axes (1, 0, 2)", {2, 3, 4}, {1, 0, 2});
              add("axes (2, 0, 1)", {2, 3, 4}, {2, 0, 1});
              add("axes (-1, 0, 2, 1)", {2, 3, 2, 2}, {-1, 0, 2, 1});
              add("one element", {1, 1}, {1, 0});
              add("no elements", {3, 0}, {1, 0});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"too few axes",
                   [] {
                     transpose(input({2, 3, 4}), {1, 0});
                   },
                   "transpose: expected each of 3 axes once, but got (1, 0)"},
                  {"an axis twice",
                   [] {
                     transpose(input({2, 3}), {1, 1});
                   },
                   "transpose: expected each of 2 axes once, but got (1, 1)"},
                  {"an axis that does not exist",
                   [] {
                     transpose(input({2, 3}), {0, 2});
                   },
                   "transpose: axis 2 does not exist"},
              };
            },
    }};

}  // namespace xgrad
