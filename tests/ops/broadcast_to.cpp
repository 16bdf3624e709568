#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/broadcast_to.hpp>

namespace xgrad {

static const RegisterSamples samples_of_broadcast_to{
    "broadcast_to",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents from, std::function<Shape(const Shape&)> to) {
                samples.push_back({std::move(label), {sample_values(from)}, [=](auto x) {
                                     return broadcast_to(x[0], to(x[0].shape()));
                                   }});
              };
              add("rows", {3}, [](const Shape& from) { return Shape{2, from[0]}; });
              add("columns", {2, 1}, [](const Shape& from) { return Shape{from[0], 3}; });
              add("scalar", {}, [](const Shape&) { return Shape{2, 2}; });
              add("one element", {1}, [](const Shape&) { return Shape{1, 1}; });
              add("no elements", {0, 1}, [](const Shape& from) { return Shape{2, from[0], 3}; });
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"a size that is not 1", [] { broadcast_to(input({2}), {4}); },
                                             "broadcast_to: shape (2,) does not broadcast to (4,)"},
                                            {"fewer axes",
                                             [] {
                                               broadcast_to(input({1, 2}), {2});
                                             },
                                             "broadcast_to: shape (1, 2) does not broadcast to (2,)"}};
            },
    }};

}  // namespace xgrad
