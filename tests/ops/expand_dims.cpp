#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/expand_dims.hpp>

namespace xgrad {

static const RegisterSamples samples_of_expand_dims{
    "expand_dims",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Extents shape, std::vector<std::int64_t> axes) {
                samples.push_back({std::move(label),
                                   {sample_values(shape)},
                                   [=](auto x) { return expand_dims(x[0], axes); },
                                   {{"axes", {axes.begin(), axes.end()}}}});
              };
              add("first", {2, 3}, {0});
              add("last", {2, 3}, {-1});
              add("several, unsorted", {2, 3}, {3, 0, 1});
              add("scalar", {}, {0});
              add("one element", {1}, {1});
              add("no elements", {0, 2}, {1});
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"a place outside",
                                             [] {
                                               expand_dims(input({2, 3}), 3);
                                             },
                                             "expand_dims: axis 3 does not exist"},
                                            {"a place twice",
                                             [] {
                                               expand_dims(input({2, 3}), {0, -4});
                                             },
                                             "expand_dims: axis 0 is named twice"}};
            },
    }};

}  // namespace xgrad
