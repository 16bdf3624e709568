#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/one_hot.hpp>

namespace xgrad {

static const RegisterSamples samples_of_one_hot{
    "one_hot",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array indices, std::int64_t classes, DType dtype) {
                samples.push_back(
                    {std::move(label), {std::move(indices)}, [=](auto x) { return one_hot(x[0], classes, dtype); }});
              };
              add("float64", xt::xarray<int>{2, 0, 1, 2}, 3, DType::float64);
              add("matrix of uint8", xt::xarray<std::uint8_t>{{0, 3}, {1, 1}}, 4, DType::float32);
              add("out of range", xt::xarray<std::int64_t>{-1, 0, 3}, 3, DType::int32);
              add("scalar", 1, 2, DType::boolean);
              add("one element", xt::xarray<int>{0}, 1, DType::float32);
              add("no elements", Array(DType::int64, {0}), 3, DType::float32);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"indices that are no integers", [] { one_hot(input({3}), 2); },
                   "one_hot: expected integer indices, but got float32"},
                  {"no classes", [] { one_hot(input({3}, {}, DType::int32), 0); },
                   "one_hot: expected at least 1 class, but got 0"},
              };
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({0, -1, 5}).cast(DType::int64)},
                                               .value = {1, 0, 0, 0, 0, 0, 0, 0, 0},
                                               .arguments = "3",
                                               .build = [](auto x) { return one_hot(x[0], 3); }}};
            },
    }};

}  // namespace xgrad
