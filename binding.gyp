# A door for those who type `npx node-gyp rebuild` in a clone: CMakeLists.txt is the only real build, and cmake-js runs it.
# No install script comes of this file: package.json says "gypfile": false, and the npm package does not carry it.
{
  'targets': [
    {
      'target_name': 'xgboost_gpu',
      'type': 'none',
      'actions': [
        {
          'action_name': 'cmake-js',
          'message': 'CMakeLists.txt, by cmake-js',
          'inputs': ['CMakeLists.txt'],
          # Never written, so the action always runs: CMake itself knows what is up to date.
          'outputs': ['<(PRODUCT_DIR)/xgboost_gpu.always'],
          'action': ['node', 'scripts/build-native.mjs'],
        },
      ],
    },
  ],
}
