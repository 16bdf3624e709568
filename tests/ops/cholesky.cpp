#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cholesky.hpp>
#include <xgrad/ops/matrix_stack.hpp>

#include <cmath>

namespace xgrad {

static const RegisterSamples samples_of_cholesky{
    "cholesky",
    {
        .samples =
            [] {
              std::vector<Sample> samples;
              // Made symmetric first, so that the symmetric gradient is that of every element.
              const auto add = [&](std::string label, Array x) {
                samples.push_back(
                    {std::move(label), {std::move(x)}, [](auto x) { return cholesky(x[0] + transposed(x[0])); }});
              };
              add("matrix", xt::xarray<double>{{2, 0.5, -0.3}, {0.2, 1.5, 0.7}, {0.1, -0.4, 1.2}});
              add("stack", xt::xarray<double>{{{2, 1}, {0.5, 3}}, {{1, 0}, {-0.4, 1.5}}, {{0.8, 0.2}, {0.3, 1}}});
              add("two leading axes", xt::xarray<double>{{{{1.5, 1}, {0.5, 2}}}, {{{2, 1}, {-2, 1}}}});
              add("one element", sample_values({1, 1, 1}, 1, 2));
              add("no matrices", sample_values({0, 2, 2}));
              add("matrices of nothing", sample_values({2, 0, 0}));
              return samples;
            },
        .rejections =
            [] {
              return std::vector<Rejection>{
                  {"not square",
                   [] {
                     cholesky(input({batch, 2, 3}));
                   },
                   "cholesky: expected square matrices in the last two axes, but got shape (batch, 2, 3)"},
                  {"integers",
                   [] {
                     cholesky(input({2, 2}, {}, DType::int32));
                   },
                   "cholesky: expected float32 or float64"}};
            },
        .cases =
            [] {
              return std::vector<SpecialCase>{{.inputs = {special_array({4, NAN, 0, 9}, {2, 2})},
                                               .value = {2, 0, 0, 3},
                                               .gradient = {0.25, 0.25, 0.25, 0.16666666666666666},
                                               .build = [](auto x) { return cholesky(x[0]); }},
                                              {.inputs = {special_array({NAN, 0, 0, 1}, {2, 2})},
                                               .value = {NAN, 0, NAN, NAN},
                                               .gradient = {NAN, NAN, NAN, NAN},
                                               .build = [](auto x) { return cholesky(x[0]); }}};
            },
    }};

}  // namespace xgrad
