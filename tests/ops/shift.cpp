#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/shift.hpp>

namespace xgrad {

static const RegisterSamples samples_of_shift{
    "shift",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array x, std::int64_t periods, std::int64_t axis, double fill) {
                samples.push_back({std::move(label),
                                   {std::move(x)},
                                   [=](auto x) { return shift(x[0], periods, axis, fill); },
                                   {{"periods", {static_cast<double>(periods)}},
                                    {"axis", {static_cast<double>(axis)}},
                                    {"fill", {fill}}}});
              };
              add("towards the end", sample_values({4, 3}), 1, 0, 0);
              add("towards the front", sample_values({2, 5}), -2, -1, 1.5);
              add("the axis in the middle", sample_values({2, 3, 2}), 1, 1, -1);
              add("by nothing", sample_values({2, 3}), 0, 1, 2);
              add("everything", sample_values({2, 3}), -7, 1, 2);
              add("integers", xt::xarray<int>{1, 2, 3}, 1, 0, 4);
              add("one element", sample_values({1}), 1, 0, 0.5);
              add("no elements", sample_values({0, 3}), 1, 0, 0);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"an axis that does not exist",
                   [] {
                     shift(input({2, 3}), 1, 2);
                   },
                   "shift: axis 2 does not exist"},
                  {"a fill that does not fit", [] { shift(input({3}, {}, DType::int32), 1, 0, 0.5); },
                   "shift: the number 0.5 does not fit int32"},
              };
            },
    }};

}  // namespace xgrad
