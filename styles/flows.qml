<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis labelsEnabled="0" styleCategories="Symbology|Labeling">
  <renderer-v2 enableorderby="0" forceraster="0" referencescale="-1" symbollevels="0" type="RuleRenderer">
    <rules key="{00000000-0000-0000-0000-000000000001}">
      <rule key="coodiag-1" label="1" symbol="0" />
      <rule key="coodiag-2" label="2" symbol="1" />
      <rule key="coodiag-3" label="3" symbol="2" />
      <rule key="coodiag-4" label="4" symbol="3" />
      <rule key="coodiag-5" label="5" symbol="4" />
    </rules>
    <symbols>
      <symbol name="0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
        <layer class="GeometryGenerator" enabled="1" id="{00000000-0000-0000-0000-000000000002}" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line" />
            <Option name="geometryModifier" type="QString" value="if(num_points(@geometry) &gt; 2, make_line(start_point(@geometry), line_interpolate_point(@geometry, length(@geometry) / 2), end_point(@geometry)), @geometry)" />
            <Option name="units" type="QString" value="MapUnit" />
          </Option>
          <symbol name="@0@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
            <layer class="ArrowLine" enabled="1" id="{00000000-0000-0000-0000-000000000003}" locked="0" pass="0">
              <Option type="Map">
                <Option name="arrow_start_width" type="QString" value="0.075" />
                <Option name="arrow_start_width_unit" type="QString" value="MM" />
                <Option name="arrow_start_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="arrow_type" type="QString" value="0" />
                <Option name="arrow_width" type="QString" value="0.3" />
                <Option name="arrow_width_unit" type="QString" value="MM" />
                <Option name="arrow_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_length" type="QString" value="1.1" />
                <Option name="head_length_unit" type="QString" value="MM" />
                <Option name="head_length_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_thickness" type="QString" value="0.6" />
                <Option name="head_thickness_unit" type="QString" value="MM" />
                <Option name="head_thickness_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_type" type="QString" value="0" />
                <Option name="is_curved" type="QString" value="1" />
                <Option name="is_repeated" type="QString" value="0" />
                <Option name="offset" type="QString" value="0" />
                <Option name="offset_unit" type="QString" value="MM" />
                <Option name="offset_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="ring_filter" type="QString" value="0" />
              </Option>
              <symbol name="@@0@0@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="fill">
                <layer class="SimpleFill" enabled="1" id="{00000000-0000-0000-0000-000000000004}" locked="0" pass="0">
                  <Option type="Map">
                    <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="color" type="QString" value="95,107,115,191" />
                    <Option name="joinstyle" type="QString" value="round" />
                    <Option name="offset" type="QString" value="0,0" />
                    <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="offset_unit" type="QString" value="MM" />
                    <Option name="outline_color" type="QString" value="255,255,255,255" />
                    <Option name="outline_style" type="QString" value="solid" />
                    <Option name="outline_width" type="QString" value="0.1" />
                    <Option name="outline_width_unit" type="QString" value="MM" />
                    <Option name="style" type="QString" value="solid" />
                  </Option>
                </layer>
              </symbol>
            </layer>
          </symbol>
        </layer>
      </symbol>
      <symbol name="1" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
        <layer class="GeometryGenerator" enabled="1" id="{00000000-0000-0000-0000-000000000005}" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line" />
            <Option name="geometryModifier" type="QString" value="if(num_points(@geometry) &gt; 2, make_line(start_point(@geometry), line_interpolate_point(@geometry, length(@geometry) / 2), end_point(@geometry)), @geometry)" />
            <Option name="units" type="QString" value="MapUnit" />
          </Option>
          <symbol name="@1@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
            <layer class="ArrowLine" enabled="1" id="{00000000-0000-0000-0000-000000000006}" locked="0" pass="0">
              <Option type="Map">
                <Option name="arrow_start_width" type="QString" value="0.175" />
                <Option name="arrow_start_width_unit" type="QString" value="MM" />
                <Option name="arrow_start_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="arrow_type" type="QString" value="0" />
                <Option name="arrow_width" type="QString" value="0.7" />
                <Option name="arrow_width_unit" type="QString" value="MM" />
                <Option name="arrow_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_length" type="QString" value="1.1" />
                <Option name="head_length_unit" type="QString" value="MM" />
                <Option name="head_length_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_thickness" type="QString" value="0.6" />
                <Option name="head_thickness_unit" type="QString" value="MM" />
                <Option name="head_thickness_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_type" type="QString" value="0" />
                <Option name="is_curved" type="QString" value="1" />
                <Option name="is_repeated" type="QString" value="0" />
                <Option name="offset" type="QString" value="0" />
                <Option name="offset_unit" type="QString" value="MM" />
                <Option name="offset_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="ring_filter" type="QString" value="0" />
              </Option>
              <symbol name="@@1@0@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="fill">
                <layer class="SimpleFill" enabled="1" id="{00000000-0000-0000-0000-000000000007}" locked="0" pass="0">
                  <Option type="Map">
                    <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="color" type="QString" value="95,107,115,191" />
                    <Option name="joinstyle" type="QString" value="round" />
                    <Option name="offset" type="QString" value="0,0" />
                    <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="offset_unit" type="QString" value="MM" />
                    <Option name="outline_color" type="QString" value="255,255,255,255" />
                    <Option name="outline_style" type="QString" value="solid" />
                    <Option name="outline_width" type="QString" value="0.1" />
                    <Option name="outline_width_unit" type="QString" value="MM" />
                    <Option name="style" type="QString" value="solid" />
                  </Option>
                </layer>
              </symbol>
            </layer>
          </symbol>
        </layer>
      </symbol>
      <symbol name="2" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
        <layer class="GeometryGenerator" enabled="1" id="{00000000-0000-0000-0000-000000000008}" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line" />
            <Option name="geometryModifier" type="QString" value="if(num_points(@geometry) &gt; 2, make_line(start_point(@geometry), line_interpolate_point(@geometry, length(@geometry) / 2), end_point(@geometry)), @geometry)" />
            <Option name="units" type="QString" value="MapUnit" />
          </Option>
          <symbol name="@2@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
            <layer class="ArrowLine" enabled="1" id="{00000000-0000-0000-0000-000000000009}" locked="0" pass="0">
              <Option type="Map">
                <Option name="arrow_start_width" type="QString" value="0.3" />
                <Option name="arrow_start_width_unit" type="QString" value="MM" />
                <Option name="arrow_start_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="arrow_type" type="QString" value="0" />
                <Option name="arrow_width" type="QString" value="1.2" />
                <Option name="arrow_width_unit" type="QString" value="MM" />
                <Option name="arrow_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_length" type="QString" value="1.56" />
                <Option name="head_length_unit" type="QString" value="MM" />
                <Option name="head_length_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_thickness" type="QString" value="0.84" />
                <Option name="head_thickness_unit" type="QString" value="MM" />
                <Option name="head_thickness_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_type" type="QString" value="0" />
                <Option name="is_curved" type="QString" value="1" />
                <Option name="is_repeated" type="QString" value="0" />
                <Option name="offset" type="QString" value="0" />
                <Option name="offset_unit" type="QString" value="MM" />
                <Option name="offset_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="ring_filter" type="QString" value="0" />
              </Option>
              <symbol name="@@2@0@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="fill">
                <layer class="SimpleFill" enabled="1" id="{00000000-0000-0000-0000-000000000010}" locked="0" pass="0">
                  <Option type="Map">
                    <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="color" type="QString" value="95,107,115,191" />
                    <Option name="joinstyle" type="QString" value="round" />
                    <Option name="offset" type="QString" value="0,0" />
                    <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="offset_unit" type="QString" value="MM" />
                    <Option name="outline_color" type="QString" value="255,255,255,255" />
                    <Option name="outline_style" type="QString" value="solid" />
                    <Option name="outline_width" type="QString" value="0.1" />
                    <Option name="outline_width_unit" type="QString" value="MM" />
                    <Option name="style" type="QString" value="solid" />
                  </Option>
                </layer>
              </symbol>
            </layer>
          </symbol>
        </layer>
      </symbol>
      <symbol name="3" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
        <layer class="GeometryGenerator" enabled="1" id="{00000000-0000-0000-0000-000000000011}" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line" />
            <Option name="geometryModifier" type="QString" value="if(num_points(@geometry) &gt; 2, make_line(start_point(@geometry), line_interpolate_point(@geometry, length(@geometry) / 2), end_point(@geometry)), @geometry)" />
            <Option name="units" type="QString" value="MapUnit" />
          </Option>
          <symbol name="@3@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
            <layer class="ArrowLine" enabled="1" id="{00000000-0000-0000-0000-000000000012}" locked="0" pass="0">
              <Option type="Map">
                <Option name="arrow_start_width" type="QString" value="0.475" />
                <Option name="arrow_start_width_unit" type="QString" value="MM" />
                <Option name="arrow_start_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="arrow_type" type="QString" value="0" />
                <Option name="arrow_width" type="QString" value="1.9" />
                <Option name="arrow_width_unit" type="QString" value="MM" />
                <Option name="arrow_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_length" type="QString" value="2.47" />
                <Option name="head_length_unit" type="QString" value="MM" />
                <Option name="head_length_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_thickness" type="QString" value="1.33" />
                <Option name="head_thickness_unit" type="QString" value="MM" />
                <Option name="head_thickness_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_type" type="QString" value="0" />
                <Option name="is_curved" type="QString" value="1" />
                <Option name="is_repeated" type="QString" value="0" />
                <Option name="offset" type="QString" value="0" />
                <Option name="offset_unit" type="QString" value="MM" />
                <Option name="offset_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="ring_filter" type="QString" value="0" />
              </Option>
              <symbol name="@@3@0@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="fill">
                <layer class="SimpleFill" enabled="1" id="{00000000-0000-0000-0000-000000000013}" locked="0" pass="0">
                  <Option type="Map">
                    <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="color" type="QString" value="95,107,115,191" />
                    <Option name="joinstyle" type="QString" value="round" />
                    <Option name="offset" type="QString" value="0,0" />
                    <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="offset_unit" type="QString" value="MM" />
                    <Option name="outline_color" type="QString" value="255,255,255,255" />
                    <Option name="outline_style" type="QString" value="solid" />
                    <Option name="outline_width" type="QString" value="0.1" />
                    <Option name="outline_width_unit" type="QString" value="MM" />
                    <Option name="style" type="QString" value="solid" />
                  </Option>
                </layer>
              </symbol>
            </layer>
          </symbol>
        </layer>
      </symbol>
      <symbol name="4" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
        <layer class="GeometryGenerator" enabled="1" id="{00000000-0000-0000-0000-000000000014}" locked="0" pass="0">
          <Option type="Map">
            <Option name="SymbolType" type="QString" value="Line" />
            <Option name="geometryModifier" type="QString" value="if(num_points(@geometry) &gt; 2, make_line(start_point(@geometry), line_interpolate_point(@geometry, length(@geometry) / 2), end_point(@geometry)), @geometry)" />
            <Option name="units" type="QString" value="MapUnit" />
          </Option>
          <symbol name="@4@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="line">
            <layer class="ArrowLine" enabled="1" id="{00000000-0000-0000-0000-000000000015}" locked="0" pass="0">
              <Option type="Map">
                <Option name="arrow_start_width" type="QString" value="0.7" />
                <Option name="arrow_start_width_unit" type="QString" value="MM" />
                <Option name="arrow_start_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="arrow_type" type="QString" value="0" />
                <Option name="arrow_width" type="QString" value="2.8" />
                <Option name="arrow_width_unit" type="QString" value="MM" />
                <Option name="arrow_width_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_length" type="QString" value="3.64" />
                <Option name="head_length_unit" type="QString" value="MM" />
                <Option name="head_length_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_thickness" type="QString" value="1.96" />
                <Option name="head_thickness_unit" type="QString" value="MM" />
                <Option name="head_thickness_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="head_type" type="QString" value="0" />
                <Option name="is_curved" type="QString" value="1" />
                <Option name="is_repeated" type="QString" value="0" />
                <Option name="offset" type="QString" value="0" />
                <Option name="offset_unit" type="QString" value="MM" />
                <Option name="offset_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                <Option name="ring_filter" type="QString" value="0" />
              </Option>
              <symbol name="@@4@0@0" alpha="1" clip_to_extent="1" force_rhr="0" frame_rate="10" is_animated="0" type="fill">
                <layer class="SimpleFill" enabled="1" id="{00000000-0000-0000-0000-000000000016}" locked="0" pass="0">
                  <Option type="Map">
                    <Option name="border_width_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="color" type="QString" value="95,107,115,191" />
                    <Option name="joinstyle" type="QString" value="round" />
                    <Option name="offset" type="QString" value="0,0" />
                    <Option name="offset_map_unit_scale" type="QString" value="3x:0,0,0,0,0,0" />
                    <Option name="offset_unit" type="QString" value="MM" />
                    <Option name="outline_color" type="QString" value="255,255,255,255" />
                    <Option name="outline_style" type="QString" value="solid" />
                    <Option name="outline_width" type="QString" value="0.1" />
                    <Option name="outline_width_unit" type="QString" value="MM" />
                    <Option name="style" type="QString" value="solid" />
                  </Option>
                </layer>
              </symbol>
            </layer>
          </symbol>
        </layer>
      </symbol>
    </symbols>
    <data-defined-properties>
      <Option type="Map">
        <Option name="name" type="QString" value="" />
        <Option name="properties" />
        <Option name="type" type="QString" value="collection" />
      </Option>
    </data-defined-properties>
  </renderer-v2>
  <selection mode="Default">
    <selectionColor invalid="1" />
  </selection>
  <blendMode>0</blendMode>
  <featureBlendMode>0</featureBlendMode>
  <layerGeometryType>1</layerGeometryType>
</qgis>
