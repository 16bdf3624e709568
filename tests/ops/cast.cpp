#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>

#include <cmath>
#include <cstdint>

namespace xgrad {

static const RegisterSamples samples_of_cast{
    "cast",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              const auto add = [&](std::string label, Array x, DType dtype) {
                samples.push_back({std::move(label), {std::move(x)}, [=](auto x) { return cast(x[0], dtype); }});
              };
              add("float64", sample_values({2, 3}), DType::float64);
              add("there and back", sample_values({2, 3}), DType::int32);
              add("scalar to int64", sample_values({}, 3, 4), DType::int64);
              add("to uint8", sample_values({3}, 0, 255), DType::uint8);
              add("to bool", xt::xarray<double>{0, -0.5, 2}, DType::boolean);
              add("bool to float64", xt::xarray<bool>{true, false}, DType::float64);
              add("uint8 to float64", xt::xarray<std::uint8_t>{0, 7, 255}, DType::float64);
              add("one element", sample_values({1}), DType::int32);
              add("no elements", sample_values({0, 3}), DType::int32);
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{{"a number that the dtype cannot hold",
                                             [] { number_like("add", 300, input({3}, {}, DType::uint8)); },
                                             "add: the number 300 does not fit uint8"}};
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({1.9, -1.9})},
                                               .value = {1, -1},
                                               .arguments = "DType::int32",
                                               .build = [](auto x) { return cast(x[0], DType::int32); }},
                                              {.inputs = {special_array({NAN, 0})},
                                               .value = {1, 0},
                                               .arguments = "DType::boolean",
                                               .build = [](auto x) { return cast(x[0], DType::boolean); }}};
            },
    }};

}  // namespace xgrad
